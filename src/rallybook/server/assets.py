"""The built assets of the pages: compressed once, and kept by browsers for as long as their content stays the same."""

from __future__ import annotations

import gzip
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.types import Scope

from rallybook.server.answers import GZIP_LEVEL

# a URL with the digest of its file leads to another file once that changes
_FOR_EVER = "public, max-age=31536000, immutable"
_WORDS = {".css", ".js", ".json", ".svg", ".txt"}


class Assets(StaticFiles):
    """Files of a folder, those of words compressed for whoever takes it."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Give a file."""
        answer = await super().get_response(path, scope)
        if answer.status_code >= HTTPStatus.BAD_REQUEST:
            return answer
        answer.headers["Cache-Control"] = _FOR_EVER if scope["query_string"] else "no-cache"
        if not isinstance(answer, FileResponse) or Path(path).suffix not in _WORDS:
            return answer
        asked = Headers(scope=scope)
        if "gzip" not in asked.get("Accept-Encoding", "") or "Range" in asked:
            return answer
        kept = ("Cache-Control", "Content-Type", "ETag", "Last-Modified")
        headers = {name: answer.headers[name] for name in kept}
        return Response(
            _compressed(Path(answer.path), answer.headers["ETag"]) if scope["method"] == "GET" else b"",
            headers=headers | {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"},
        )


@lru_cache(maxsize=32)
def _compressed(file: Path, _etag: str) -> bytes:
    return gzip.compress(file.read_bytes(), GZIP_LEVEL, mtime=0)
