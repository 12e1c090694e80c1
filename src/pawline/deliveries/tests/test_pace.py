from pawline.deliveries.pace import Pace


def test_hurry_shortens_times_and_leaves_counts() -> None:
    pace, quick = Pace(), Pace().hurried(10)

    assert (1.5, 12, 1440) == (quick.lease, quick.receipt_wait, quick.give_up_after)
    assert (pace.searches, pace.most_claims, pace.at_once) == (quick.searches, quick.most_claims, quick.at_once)
    assert pace == pace.hurried(1)
