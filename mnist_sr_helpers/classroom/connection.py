"""The connection to its kernels that `python -m mnist_sr_helpers` gives JupyterLab, so that sliders answer at once."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The server's own connection, with TCP_NODELAY."""

    def connect(self):
        # A slider's move sends several small messages to the browser. By default TCP holds the second back until the
        # first is acknowledged, which the browser may put off for 40 ms (Nagle's algorithm).
        self.websocket_handler.set_nodelay(True)
        return super().connect()
