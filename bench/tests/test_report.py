from bench.figures import Measurement, Target
from bench.report import Circumstances, build_page


def test_the_page_shows_each_line_beside_its_references_and_what_is_asked_for() -> None:
    found = Measurement(
        line="F1",
        work="posts",
        unit="posts/s",
        values=[30.0],
        references={"bare path": [100.0], "pgbench": [300.0]},
        target=Target("≥", 0.35, of="bare path"),
        details=["acknowledged p50 3 ms"],
    )

    page = build_page([found], Circumstances(runs=1, seconds=5, machine="2 cores"))

    assert (
        "| F1 | posts | 30.0 posts/s | bare path 100; pgbench 300 | 0.30 of bare path; 0.10 of pgbench "
        "| ≥ 0.35 of bare path | **no** |" in page
    )
    assert "- acknowledged p50 3 ms" in page
    assert "2 cores" in page
