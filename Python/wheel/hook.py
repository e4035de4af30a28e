"""Puts the program into the wheel, where HORIZON_WHEEL_PROGRAM names its folder, and makes it a wheel of this platform."""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        folder = os.environ.get("HORIZON_WHEEL_PROGRAM")
        if not folder or version == "editable":
            return
        for file in sorted(Path(folder).rglob("*")):
            if file.is_file():
                build_data["force_include"][str(file)] = f"horizon/bin/{file.relative_to(folder)}"
        build_data["tag"] = f"py3-none-{os.environ['HORIZON_WHEEL_PLATFORM']}"
        build_data["pure_python"] = False
