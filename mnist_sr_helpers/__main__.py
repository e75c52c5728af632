"""The course's command: python -m mnist_sr_helpers --help tells what it does."""

from .classroom.launcher import main

if __name__ == "__main__":
    main()
