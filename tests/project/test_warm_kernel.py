"""The tests' own kernels, forked from one process (`warm_kernel`): they are as any other but for their start."""

import os
import time
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux has what it takes")
LIMIT = 600  # seconds, against hanging


@pytest.fixture
def kernel():
    manager, client = start_new_kernel(kernel_name="python3", startup_timeout=LIMIT)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def printed(client, code: str) -> str:
    found = []
    client.execute_interactive(code, output_hook=lambda m: found.append(m["content"].get("text", "")), timeout=LIMIT)
    return "".join(found).strip()


def test_it_has_torch_but_nothing_of_the_course_and_its_own_environment(kernel):
    manager, client = kernel
    assert "warm_kernel.py" in " ".join(manager.provisioner.process.args)
    names = printed(client, "import sys; print(*sys.modules)").split()
    assert {"torch", "matplotlib", "ipywidgets"} <= set(names)
    assert [name for name in names if name.startswith("mnist_sr_helpers") or name == "matplotlib.pyplot"] == []
    assert printed(client, "import os; print(os.getcwd(), os.environ['MNIST_SR_STATE'])").split() == [
        os.getcwd(),
        os.environ["MNIST_SR_STATE"],
    ]


def test_an_interrupt_reaches_it(kernel):
    manager, client = kernel
    asked = client.execute("print('now', flush=True); import time; time.sleep(1000)")
    while client.get_iopub_msg(timeout=LIMIT)["content"].get("text") != "now\n":
        pass
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=LIMIT))["parent_header"].get("msg_id") != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"


def test_it_dies_with_what_jupyter_knows_as_the_kernel(kernel):
    manager, client = kernel
    number = printed(client, "import os; print(os.getpid())")
    manager.provisioner.process.kill()
    end = time.monotonic() + LIMIT
    while Path("/proc", number).exists():
        assert time.monotonic() < end, "it lives on"
        time.sleep(0.05)
