"""Puts the program into the wheel, where HORIZON_WHEEL_BINARY names it, and makes it a wheel of this platform."""

import os
import platform
import stat
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        binary = os.environ.get("HORIZON_WHEEL_BINARY")
        if not binary or version == "editable":
            return
        if not os.stat(binary).st_mode & stat.S_IXUSR:
            raise ValueError(f"{binary} cannot be executed")
        build_data["force_include"][os.path.abspath(binary)] = "horizon/bin/horizon"
        # A static executable needs no C library: any Linux of the architecture will do.
        build_data["tag"] = f"py3-none-{os.environ.get('HORIZON_WHEEL_PLATFORM', f'manylinux_2_17_{platform.machine()}')}"
        build_data["pure_python"] = False
