"""Static files are collected once, and again only after a change."""

from pathlib import Path
from typing import Any

from tracker.static_files import collect_static_files

PRODUCTION_STORAGE = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
}


def test_collecting_when_nothing_changed_then_left_alone(tmp_path: Path, settings: Any) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "page.css").write_text("body { margin: 0 }" * 100)
    settings.STATICFILES_DIRS = [sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | PRODUCTION_STORAGE

    assert collect_static_files() is True
    assert collect_static_files() is False
    assert sorted(path.suffix for path in settings.STATIC_ROOT.iterdir()) == [
        ".css",
        ".gz",
        ".json",
    ]

    (sources / "page.css").write_text("body { margin: 1px }" * 100)
    assert collect_static_files() is True

    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert collect_static_files() is True
