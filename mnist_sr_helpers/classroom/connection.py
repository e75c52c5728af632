"""JupyterLab's connection to its kernels without Nagle's delay, so that sliders answer at once.

`python -m mnist_sr_helpers` starts JupyterLab with it.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The server's own connection, with TCP_NODELAY.

    A slider's move sends several small messages from the kernel to the browser. By default TCP holds the second
    back until the browser has acknowledged the first, which it may put off for 40 ms (Nagle's algorithm).
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()
