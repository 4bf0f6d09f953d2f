from __future__ import annotations

from entrywise.data.readers.formats.office.drawings import items

SPACES = (
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def point(name: str, text: str, kind: str = "node") -> str:
    told = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>"
    return f'<dgm:pt modelId="{name}" type="{kind}">{told}</dgm:pt>'


def below(above: str, name: str, place: int, kind: str = "parOf") -> str:
    return f'<dgm:cxn type="{kind}" srcId="{above}" destId="{name}" srcOrd="{place}"/>'


def diagram(*parts: str) -> bytes:
    return f"<dgm:dataModel {SPACES}>{''.join(parts)}</dgm:dataModel>".encode()


def test_texts_come_in_order_below_what_they_belong_to() -> None:
    data = diagram(
        *(point("d", "", "doc"), point("s", "Server"), point("c", "Client")),
        *(point("k", "Keys"), point("l", "a line", "parTrans"), point("o", "looks", "pres")),
        *(below("d", "s", 1), below("d", "c", 0), below("s", "k", 0)),
        below("o", "c", 0, "presOf"),
    )
    assert items(data) == [(0, "Client"), (0, "Server"), (1, "Keys")]


def test_a_circle_ends() -> None:
    circle = (below("a", "b", 0), below("b", "a", 0), below("b", "b", 1))
    data = diagram(*(point(one, one) for one in "dab"), below("d", "a", 0), *circle)
    assert items(data) == [(0, "d"), (1, "a"), (2, "b")]


def test_data_that_is_malformed_has_none() -> None:
    assert items(b"<dgm:dataModel") == []
    assert items(diagram(point("a", "A"), '<dgm:cxn srcId="x" destId="y" srcOrd="-"/>')) == [
        (0, "A")
    ]
