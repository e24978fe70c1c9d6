"""Are the quantiles of a delay those of the distribution it names?"""

import numpy as np
import pytest
from scipy import stats

from epiengine.simulate import Delay
from epiengine.simulate.delays import LONGEST, QUANTILES

AT = (np.arange(QUANTILES) + 0.5) / QUANTILES


def law(family, mean, sd):
    """The same distribution as scipy.stats names it, found from its mean and standard deviation by itself."""
    if family == "lognormal":
        spread = np.log1p((sd / mean) ** 2)
        return stats.lognorm(np.sqrt(spread), scale=mean * np.exp(-spread / 2))
    if family == "gamma":
        return stats.gamma((mean / sd) ** 2, scale=sd * sd / mean)
    return stats.geom(1 / mean)


def test_a_geometric_delay_of_mean_one_is_always_one():
    assert (Delay.geometric(1).quantiles() == 1).all()


@pytest.mark.parametrize("family", ["lognormal", "gamma", "geometric"])
@pytest.mark.parametrize(("mean", "sd"), [(1.1, 0.9), (4.5, 1.5), (6.6, 4.9), (18.1, 6.3), (200.0, 150.0)])
def test_quantiles_are_the_distributions_own(family, mean, sd):
    delay = getattr(Delay, family)(mean) if family == "geometric" else getattr(Delay, family)(mean, sd)
    expected = np.clip(np.floor(law(family, mean, sd).ppf(AT) + 0.5), 0, LONGEST)
    # a quantile that lies on a half, or on a whole number for the geometric, may fall to either side by rounding
    assert np.abs(delay.quantiles() - expected).max() <= 1
    assert (delay.quantiles() != expected).sum() <= 2


def test_a_weibull_has_the_mean_and_spread_it_was_made_with():
    quantiles = Delay.weibull(8.5, 3.6).quantiles()
    assert quantiles.mean() == pytest.approx(8.5, abs=0.02)
    assert quantiles.std() == pytest.approx(3.6, abs=0.05)
