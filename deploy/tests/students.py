"""A hub on this machine, with the course's own settings, and students who work on it as their browsers would."""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import nbformat
import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPError, HTTPRequest
from tornado.websocket import websocket_connect

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 900  # seconds: a guard against hanging
CONFIG = """
import os
c = get_config()
load_subconfig({course!r})
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.JupyterHub.bind_url, c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[0]}", "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {token!r}
c.Authenticator.allowed_users = {names!r}
c.JupyterHub.services = [{{"name": "teacher", "api_token": {token!r}}}]
scopes = ["admin:users", "admin:servers", "tokens", "list:users", "read:users:activity"]
c.JupyterHub.load_roles = [{{"name": "teacher", "services": ["teacher"], "scopes": scopes}}]
if os.name == "posix" and os.geteuid() == 0:
    c.Spawner.args.append("--allow-root")  # as in a container
"""


class Hub:
    """A hub that runs: its address `url`, the teacher's `token`, the students' `homes` and its `log`."""

    def __init__(self, folder: Path, names: set[str]):
        self.token, self.homes, self.log = secrets.token_hex(16), folder / "homes", folder / "hub.log"
        proxy = shutil.which("configurable-http-proxy")
        if not proxy:
            raise FileNotFoundError(
                "configurable-http-proxy is not on the PATH: npm install -g configurable-http-proxy"
            )
        ports = free_ports(3)
        self.url = f"http://127.0.0.1:{ports[0]}"
        settings = {"course": str(ROOT / "deploy" / "course.py"), "homes": str(self.homes), "proxy": [proxy]}
        config = CONFIG.format(**settings, ports=ports, token=self.token, names=names)
        (folder / "config.py").write_text(config, "utf-8")
        environment = {**os.environ, "MNIST_SR_COURSE": str(folder / "course.git")}
        for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "MNIST_SR_STATE"):
            environment.pop(name, None)
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "jupyterhub", "-f", "config.py"]
            self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT)

    async def ask(self, path: str, method: str = "GET", token: str | None = None, body: object = None):
        """What the hub or a student's server answers, its JSON read or else its text; HTTPError if it refuses."""
        text = None if method in ("GET", "DELETE") else json.dumps(body or {})
        headers = {"Authorization": f"token {token or self.token}"}
        request = HTTPRequest(self.url + path, method, headers, text, request_timeout=PATIENCE)
        answer = await AsyncHTTPClient(max_clients=200).fetch(request)
        if "application/json" not in answer.headers.get("Content-Type", ""):
            return answer.body.decode()
        return json.loads(answer.body) if answer.body else None

    async def until(self, path: str, good, **more):
        """What `path` answers as soon as it is `good`; TimeoutError with the log's end if that takes too long."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the hub has stopped:\n{self.log.read_text('utf-8')[-3000:]}")
            with contextlib.suppress(HTTPError, OSError):
                if good(answer := await self.ask(path, **more)):
                    return answer
            await asyncio.sleep(0.1)
        raise TimeoutError(f"{path}:\n{self.log.read_text('utf-8')[-3000:]}")

    def stop(self) -> None:
        """End the hub with all that it has started."""
        family = [self.process, *psutil.Process(self.process.pid).children(recursive=True)]
        family += [process for process in psutil.process_iter() if self.owns(process)]
        for process in family:
            with contextlib.suppress(psutil.Error, OSError):
                process.kill()
        self.process.wait()

    def owns(self, process: psutil.Process, name: str = "") -> bool:
        """Whether a process belongs to a student's server on this hub, `name`'s or anybody's."""
        try:
            home = process.environ().get("HOME", "")
        except psutil.Error:
            return False
        return Path(home) == self.homes / name if name else Path(home).parent == self.homes


def free_ports(count: int) -> list[int]:
    """Ports on which nothing listens, each another one."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


class Student:
    """A student with a server, a copy of the course and, while `working`, a kernel."""

    def __init__(self, hub: Hub, name: str):
        self.hub, self.name, self.home = hub, name, hub.homes / name
        self.token, self.kernel = "", ""
        self.widgets: dict[str, dict] = {}

    async def server(self, path: str, method: str = "GET", body: object = None):
        """What this student's server answers."""
        return await self.hub.ask(f"/user/{self.name}/{path}", method, self.token, body)

    async def log_in(self) -> None:
        """Start the server, as a login does, and pull the course into it."""
        if not self.token:
            body = {"note": "browser", "expires_in": 7200}
            self.token = (await self.hub.ask(f"/hub/api/users/{self.name}/tokens", "POST", body=body))["token"]
        await self.hub.ask(f"/hub/api/users/{self.name}/server", "POST", self.token)
        path = f"/hub/api/users/{self.name}"
        user = await self.hub.until(path, lambda user: (user["servers"].get("") or {}).get("ready"))
        assert user["name"] == self.name
        await self.pull()

    async def pull(self) -> None:
        """Bring the copy up to date, by the address that a login leads to."""
        repository = quote(str(self.hub.homes.parent / "course.git"), safe="")
        said = await self.server(f"git-pull/api?repo={repository}&targetpath=course")
        assert '"phase": "finished"' in said, said

    async def read(self, lesson: str) -> nbformat.NotebookNode:
        """The lesson's notebook as it lies in this student's copy."""
        content = (await self.server(f"api/contents/course/notebooks/{lesson}.ipynb"))["content"]
        return nbformat.from_dict(content)

    async def save(self, lesson: str, notebook: nbformat.NotebookNode) -> None:
        """Save the lesson's notebook, as Ctrl+S does."""
        body = {"type": "notebook", "format": "json", "content": notebook}
        await self.server(f"api/contents/course/notebooks/{lesson}.ipynb", "PUT", body)

    @contextlib.asynccontextmanager
    async def working(self, lesson: str):
        """A connection to a kernel in the lesson's folder, this student's own or a new one."""
        if not self.kernel:
            body = {"name": "python3", "path": f"course/notebooks/{lesson}.ipynb"}
            self.kernel = (await self.server("api/kernels", "POST", body))["id"]
        address = f"{self.hub.url.replace('http', 'ws', 1)}/user/{self.name}/api/kernels/{self.kernel}/channels"
        request = HTTPRequest(address, headers={"Authorization": f"token {self.token}"})
        self.socket = await websocket_connect(request, max_message_size=1 << 28)
        try:
            yield self
        finally:
            self.socket.close()

    async def send(self, kind: str, content: dict) -> list[nbformat.NotebookNode]:
        """Send the kernel a message, wait until it is done, and return the outputs; AssertionError at an error."""
        own = secrets.token_hex(16)
        header = {"msg_id": own, "msg_type": kind, "session": self.name, "username": self.name, "version": "5.3"}
        sent = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        await self.socket.write_message(json.dumps(sent))
        outputs: list[nbformat.NotebookNode] = []
        while True:
            text = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
            assert text is not None, f"{self.name}'s kernel is gone"
            message = json.loads(text)
            kind, content = message["msg_type"], message["content"]
            if kind in ("comm_open", "comm_msg"):
                state = content["data"].get("state", {})
                self.widgets.setdefault(content["comm_id"], {}).update(state)
            if message["parent_header"].get("msg_id") != own:
                continue
            assert kind != "error", "\n".join(content["traceback"])
            if kind == "stream" and outputs and outputs[-1].get("name") == content["name"]:
                outputs[-1].text += content["text"]  # one print may come in two messages
            elif kind in ("stream", "display_data", "execute_result"):
                outputs.append(nbformat.v4.output_from_msg(message))
            if kind == "status" and content["execution_state"] == "idle":
                return outputs

    async def run(self, code: str) -> list[nbformat.NotebookNode]:
        """Run code in the kernel; its outputs."""
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        return await self.send("execute_request", content)

    async def press(self, label: str) -> None:
        """Press the newest button with this label."""
        buttons = [comm for comm, state in self.widgets.items() if state.get("description") == label]
        data = {"method": "custom", "content": {"event": "click"}}
        await self.send("comm_msg", {"comm_id": buttons[-1], "data": data})

    def processes(self) -> Iterator[psutil.Process]:
        """The processes of this student's server and kernels."""
        return (process for process in psutil.process_iter() if self.hub.owns(process, self.name))
