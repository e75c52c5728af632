"""Draw the README's picture: python -m tools.make_readme_picture"""

from mnist_sr_helpers import model_sheet
from mnist_sr_helpers._files import write_whole
from tools.build_notebooks import ROOT


def main() -> None:
    picture, _ = model_sheet(5)
    path = ROOT / "assets" / "restored.png"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, picture.png)


if __name__ == "__main__":
    main()
