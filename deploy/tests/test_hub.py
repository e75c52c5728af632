"""A class on a hub, at once: nobody's work is lost, or visible to another. Run by `nox -s hub`, beside the Test line.

The tests go through one class's day in their order. The hub's settings are those that a teacher installs
(deploy/course.py); that its servers are processes of one user here is what this machine can't do better.
"""

import asyncio
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import nbformat
import psutil
import pytest
from bs4 import BeautifulSoup
from students import PATIENCE, ROOT, Hub, Student
from tornado.httpclient import HTTPError

from mnist_sr_helpers._files import write_whole
from tools import room_answers
from tools.build_notebooks import ASK, LESSONS, read_lesson

LESSON = "02_simplesr"
RESULTS = ROOT / "deploy" / "results" / "hub.json"


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, as an author."""
    author = ("-c", "user.name=author", "-c", "user.email=author@localhost")
    return subprocess.run(["git", *author, *words], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def room(request, tmp_path_factory):
    """A hub, the course's repository, and students who have logged in and run the lesson, all at once."""
    folder = tmp_path_factory.mktemp("hub")
    source = folder / "source"
    shutil.copytree(ROOT / "notebooks", source / "notebooks", ignore=shutil.ignore_patterns("my_*", ".*"))
    git(folder, "init", "-q", "-b", "main", "source")
    git(source, "add", ".")
    git(source, "commit", "-q", "-m", "The course")
    git(folder, "clone", "-q", "--bare", "source", "course.git")
    git(source, "remote", "add", "origin", str(folder / "course.git"))
    names = [f"student-{number:02d}" for number in range(request.config.getoption("--students"))]
    hub = Hub(folder, set(names))
    room = SimpleNamespace(hub=hub, source=source, students=[Student(hub, name) for name in names], measured={})
    try:
        asyncio.run(first_hour(room))
        yield room
    finally:
        hub.stop()


async def first_hour(room) -> None:
    """All log in at once; then all run the lesson at once."""
    await room.hub.until("/hub/api/users", lambda users: len(users) == len(room.students))
    room.measured["ready"] = await asyncio.gather(*(timed(student.log_in()) for student in room.students))
    work = (timed(work_through(student, number)) for number, student in enumerate(room.students))
    room.measured["run"] = await asyncio.gather(*work)
    room.measured["memory"] = [memory(student) for student in room.students]


async def timed(work) -> float:
    """The seconds that something takes."""
    begin = time.monotonic()
    await work
    return time.monotonic() - begin


def memory(student: Student) -> dict[str, float]:
    """What a student's processes hold, in MB: all (`rss`), and with what they share with others divided by these."""
    held = [process.memory_full_info() for process in student.processes()]
    return {kind: sum(getattr(part, kind, part.rss) for part in held) / 1e6 for kind in ("rss", "pss")}


async def work_through(student: Student, number: int) -> None:
    """Run the lesson's cells in order, its question answered and its exercises done by this student; save."""
    notebook = await student.read(LESSON)
    solved = read_lesson(LESSONS / f"{LESSON}.py", solved=True)
    async with student.working(LESSON):
        for cell, filled in zip(notebook.cells, solved.cells, strict=True):
            if cell.cell_type != "code":
                continue
            if "exercise" in cell.metadata.get("tags", []):
                cell.source = f"{filled.source}\n# {signature(student)}"
            cell.outputs = await student.run(cell.source)
            if ASK.search(cell.source):
                options = room_answers.course(ROOT / "notebooks")[0]["simplesr"].options
                await student.press(options[number % len(options)])
    await student.save(LESSON, notebook)


def signature(student: Student) -> str:
    """What a student writes below each exercise."""
    return f"written by {student.name}"


def verdicts(notebook: nbformat.NotebookNode) -> list[str]:
    """What the checks of a lesson said."""
    checks = [cell for cell in notebook.cells if "check" in cell.metadata.get("tags", [])]
    texts = ("".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs) for cell in checks)
    return [text.partition(".")[0] for text in texts]


async def kept(student: Student) -> None:
    """AssertionError unless a student's exercises, results and answer are all there, and nobody else's."""
    notebook = await student.read(LESSON)
    code = "\n".join(cell.source for cell in notebook.cells)
    assert code.count("written by") == code.count(signature(student)) == 2
    assert verdicts(notebook) == ["Right", "Right"]
    (said,) = [path.read_text("utf-8") for path in student.home.rglob("predictions.json")]
    options = room_answers.course(ROOT / "notebooks")[0]["simplesr"].options
    assert json.loads(said)["simplesr"]["answer"] == options[int(student.name[-2:]) % len(options)]


def each(room, do) -> list:
    """What `do`, given a student, comes to for all of them at once."""

    async def gathered():
        return await asyncio.gather(*(do(student) for student in room.students))

    return asyncio.run(gathered())


def test_all_have_done_the_lesson(room):
    each(room, kept)


def test_what_a_student_takes(room, request, capsys):
    students, measured = len(room.students), room.measured
    numbers = {
        "students": students,
        "cores": psutil.cpu_count(),
        "python": platform.python_version(),
        "lesson": LESSON,
        **{
            f"{kind} seconds, {name}": round(of(measured[kind]), 1)
            for kind in ("ready", "run")
            for name, of in (("median", median), ("slowest", max))
        },
        **{f"{kind} MB, largest": round(max(held[kind] for held in measured["memory"])) for kind in ("rss", "pss")},
    }
    assert min(held["pss"] for held in measured["memory"]) > 100, "a kernel with torch was counted"
    with capsys.disabled():
        print("", *(f"{name}: {value}" for name, value in numbers.items()), sep="\n  ")
    if request.config.getoption("--record"):
        write_whole(RESULTS, (json.dumps(numbers, indent=1) + "\n").encode())


def median(values: list[float]) -> float:
    """The value in the middle."""
    return sorted(values)[len(values) // 2]


def test_nobody_reaches_anothers_work(room):
    async def refused(token: str, path: str) -> None:
        with pytest.raises(HTTPError) as error:
            await room.hub.ask(path, token=token)
        assert error.value.code in (403, 404)

    async def look_about(student: Student) -> None:
        other = next(one for one in room.students if one is not student)
        await refused(student.token, f"/user/{other.name}/api/contents/course/notebooks/{LESSON}.ipynb")
        await refused(student.token, f"/user/{other.name}/api/kernels")
        await refused(student.token, f"/hub/api/users/{other.name}")
        assert [entry["name"] for entry in (await student.server("api/contents"))["content"]] == ["course"]
        assert [kernel["id"] for kernel in await student.server("api/kernels")] == [student.kernel]

    each(room, look_about)


def test_threads_are_bounded_and_nobody_outside_is_asked(room):
    async def ask(student: Student) -> None:
        async with student.working(LESSON):
            (said,) = await student.run("print(torch.get_num_threads())")
        assert said.text == "1\n"
        (settings,) = BeautifulSoup(await student.server("lab"), "html.parser").select("#jupyter-config-data")
        assert json.loads(settings.text)["news"] == {"disabled": True}
        commands = [" ".join(process.cmdline()) for process in student.processes()]
        assert any("check_for_updates_class=jupyterlab.NeverCheckForUpdate" in command for command in commands)

    each(room, ask)


def test_nothing_listens_beyond_this_machine(room):
    family = [process for student in room.students for process in student.processes()]
    family += psutil.Process(room.hub.process.pid).children(recursive=True)
    listening = set()
    for process in [room.hub.process, *family]:
        with suppress(psutil.NoSuchProcess):  # ended meanwhile
            found = psutil.Process(process.pid).net_connections("inet")
            listening |= {one.laddr.ip for one in found if one.status == psutil.CONN_LISTEN}
    assert listening <= {"127.0.0.1", "::1"}


def test_the_rooms_answers_are_drawn_from_what_students_export(room, tmp_path):
    async def export(student: Student) -> None:
        async with student.working(LESSON):
            await student.run("!python -m mnist_sr_helpers answers")
        (file,) = student.home.rglob("answers-*.json")
        shutil.copy(file, tmp_path)

    each(room, export)
    exports, skipped = room_answers.read_folder(tmp_path)
    assert (len(exports), skipped) == (len(room.students), {})
    page = BeautifulSoup(room_answers.room_page(exports, *room_answers.course(ROOT / "notebooks")), "html.parser")
    counts = [int(row.select_one(".number").text) for row in page.select("#simplesr tr")]
    assert sum(counts) == len(room.students)
    assert max(counts) - min(counts) <= 1, "they answered in turn"
    assert {export.exercises["check_psnr"] for export in exports} == {"right"}


def test_a_killed_kernel_loses_nothing_that_was_saved(room):
    student, *_ = room.students

    async def kill() -> None:
        async with student.working(LESSON):
            (said,) = await student.run("import os; print(os.getpid())")
        process = psutil.Process(int(said.text))
        assert room.hub.owns(process, student.name)
        process.kill()
        process.wait()
        path = f"/user/{student.name}/api/kernels/{student.kernel}"
        new = "print(os.getpid() if 'os' in globals() else 'new')"
        await room.hub.until(
            path, lambda kernel: kernel["execution_state"] in ("idle", "starting"), token=student.token
        )
        async with student.working(LESSON):
            (said,) = await student.run(new)
        assert said.text == "new\n"
        await kept(student)

    asyncio.run(kill())


def test_a_culled_server_starts_again_with_everything(room):
    command = [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=1", "--cull-every=1"]
    command += [f"--url={room.hub.url}/hub/api"]
    environment = {**os.environ, "JUPYTERHUB_API_TOKEN": room.hub.token}
    before = [process for student in room.students for process in student.processes()]
    culler = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)

    async def gone() -> None:
        await room.hub.until("/hub/api/users", lambda users: not any(user["servers"] for user in users))

    try:
        asyncio.run(gone())
    finally:
        culler.kill()
        culler.wait()
    assert before
    assert psutil.wait_procs(before, timeout=PATIENCE)[1] == [], "kernels end with their server"

    async def return_to_work(student: Student) -> None:
        student.kernel = ""
        await student.log_in()
        await kept(student)

    each(room, return_to_work)


def test_an_update_of_the_course_goes_under_the_students_work(room):
    """The author changes the lesson that everybody has edited, another one, and adds a third."""
    edited, other = (room.source / "notebooks" / f"{name}.ipynb" for name in (LESSON, "01_degradation"))
    notebook = nbformat.read(edited, as_version=4)
    exercise = next(cell for cell in notebook.cells if "exercise" in cell.metadata.get("tags", []))
    for cell in (notebook.cells[0], exercise, notebook.cells[-1]):
        cell.source += "\nThe author's new line."
    nbformat.write(notebook, edited)
    other.write_text(other.read_text("utf-8").replace("# 01 Degradation", "# 01 Degradation, revised"), "utf-8")
    (room.source / "notebooks" / "new.txt").write_text("new", "utf-8")
    git(room.source, "add", ".")
    git(room.source, "commit", "-q", "-m", "An update")
    git(room.source, "push", "-q", "origin", "main")

    async def update(student: Student) -> None:
        await student.pull()
        await kept(student)
        merged = await student.read(LESSON)
        nbformat.validate(merged)
        assert merged.cells[0].source.endswith("The author's new line.")
        assert (await student.read("01_degradation")).cells[0].source.startswith("# 01 Degradation, revised")
        assert (student.home / "course" / "notebooks" / "new.txt").read_text("utf-8") == "new"

    each(room, update)
