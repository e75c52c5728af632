"""Options of the hub's test: how many students, and whether what it measures is kept."""


def pytest_addoption(parser):
    parser.addoption("--students", type=int, default=8, help="how many students work at once")
    parser.addoption("--record", action="store_true", help="write what is measured to deploy/results/hub.json")
