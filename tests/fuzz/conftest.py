"""Makes the fuzzer's own modules importable, as they are when it is run as a script."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
