from bench.figures import Measurement, Target, median_and_range, percentile, shown


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(1, 101)]

    assert 51 == percentile(values, 50)
    assert 100 == percentile(values, 99)
    assert 7 == percentile([7.0], 99)
    assert 0 == percentile([], 50)


def test_a_ratio_is_that_of_runs_that_belong_together() -> None:
    found = Measurement(
        line="F1",
        work="posts",
        unit="posts/s",
        values=[40.0, 10.0, 90.0],
        references={"bare path": [100.0, 20.0, 100.0]},
        target=Target("≥", 0.5, of="bare path"),
    )

    assert [0.4, 0.5, 0.9] == found.ratios("bare path")
    assert found.is_reached is True


def test_a_target_may_be_an_absolute_one_or_none_at_all() -> None:
    slow = Measurement(line="F3", work="page", unit="ms", values=[9.0, 7.0, 12.0], target=Target("≤", 8))
    unasked = Measurement(line="F4", work="page", unit="ms", values=[9.0])

    assert slow.is_reached is False
    assert unasked.is_reached is None


def test_figures_are_shown_with_no_more_precision_than_they_have() -> None:
    assert ["1,234", "12.3", "1.23"] == [shown(1234.4), shown(12.34), shown(1.234)]
    assert "2.00 (1.00 to 3.00)" == median_and_range([3.0, 1.0, 2.0])
    assert "2.00" == median_and_range([2.0])
