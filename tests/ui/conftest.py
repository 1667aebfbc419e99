"""A canvas to work on by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from orgmap.drawing.camera import Camera
from orgmap.drawing.style import theme
from orgmap.model.document import Document
from orgmap.ui.canvas.view import CanvasView
from orgmap.ui.session import Session
from tests.ui.hand import Hand, Places, laid

Opened = Callable[..., Hand]


@pytest.fixture
def hand_on(qtbot: QtBot) -> Opened:
    """`hand_on(document, places)`: a hand over a shown canvas of 900 x 600, at 100 %, 0/0 in its middle."""

    def opened(document: Document | None = None, places: Places | None = None) -> Hand:
        session = Session()
        view = CanvasView(session, theme("light"))
        qtbot.addWidget(view)
        view.resize(900, 600)
        if document is not None:
            session.open(laid(document, places or {}))
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        view.setFocus()
        qtbot.waitUntil(view.hasFocus)
        view.set_camera(Camera())
        return Hand(view)

    return opened
