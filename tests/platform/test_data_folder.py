import os
from pathlib import Path

import pytest

from pawline.platform.data_folder import DataFolderInUse, DataFolderUnusable, locked


def test_second_holder_is_refused_and_told_who_holds_the_folder(tmp_path: Path) -> None:
    with (
        locked(tmp_path),
        pytest.raises(DataFolderInUse, match=f"process {os.getpid()}\\) already uses the data folder {tmp_path}"),
        locked(tmp_path),
    ):
        pass


def test_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with locked(tmp_path / "made when missing"):
            pass


def test_folder_that_cannot_be_made_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataFolderUnusable, match="Give PAWLINE_DATA a folder"), locked(tmp_path / "file" / "data"):
        pass
