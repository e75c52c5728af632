"""Firefox by its own protocol, WebDriver BiDi, which needs no driver beside it."""

import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import websocket
from jupyterlab_page import GUARD


def find_firefox() -> str | None:
    """Path of an installed Firefox, or None."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Page:
    """One page of a Firefox, and the errors that its console has shown."""

    def __init__(self, socket: websocket.WebSocket):
        self.socket, self.ids, self.errors = socket, itertools.count(), []
        self.send("session.new", capabilities={})
        self.context = self.send("browsingContext.getTree")["contexts"][0]["context"]
        self.send("session.subscribe", events=["log.entryAdded"])

    def send(self, method: str, **parameters) -> dict:
        """The result of a command; RuntimeError if Firefox refuses it."""
        asked = next(self.ids)
        self.socket.send(json.dumps({"id": asked, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "log.entryAdded" and message["params"]["level"] == "error":
                self.errors.append(message["params"]["text"])
            elif message.get("id") == asked:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['message']}")
                return message["result"]

    def goto(self, address: str) -> None:
        """Open `address` and wait until it has loaded."""
        self.send("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, code: str):
        """The value of a JavaScript expression, None unless it is text, a number or a truth value."""
        target = {"context": self.context}
        found = self.send("script.evaluate", expression=code, target=target, awaitPromise=True)
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return found["result"].get("value")


def listening(firefox: subprocess.Popen, said: Path) -> str:
    """The address at which a starting Firefox, whose words go to the file `said`, waits for commands."""
    end = time.monotonic() + GUARD
    while firefox.poll() is None and time.monotonic() < end:
        if found := re.search(r"BiDi listening on (ws://\S+)\n", said.read_text("utf-8")):
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"Firefox did not listen: {said.read_text('utf-8')[-2000:]}")


@contextmanager
def firefox_page(profile: Path) -> Iterator[Page]:
    """A page of the installed Firefox without a window, with a new profile in the folder `profile`."""
    command = [find_firefox(), "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    said = profile / "stderr.log"  # a pipe that nobody reads on would fill, and stop it
    with said.open("w") as log, subprocess.Popen(command, stderr=log, stdout=subprocess.DEVNULL) as firefox:
        try:
            address = listening(firefox, said)
            socket = websocket.create_connection(f"{address}/session", timeout=GUARD, suppress_origin=True)
            yield Page(socket)
            socket.close()
        finally:
            firefox.terminate()
