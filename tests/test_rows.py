from index.store import Index, Manifest
from rag.rows import Table


def test_rows_of_a_table_on_one_line_stay_apart(passages_of):
    rows = "".join(f"<tr><td>{name}</td><td>{n}</td></tr>" for name, n in (("甲", 3), ("乙", 4)))
    content = passages_of(f"<table><tr><td>部门</td><td>2023 年</td></tr>{rows}</table>")
    manifest = Manifest("r", "2023", (), "r.md", "", "fake", 1, "")
    index = Index(manifest, content.passages, content.entries, content.figures, None, None)
    found = Table(index).rows_with("2023")
    assert [(row.label, str(row.figure("2023").value)) for row in found] == [
        ("甲", "3"),
        ("乙", "4"),
    ]
