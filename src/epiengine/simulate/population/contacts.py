"""How often people of each age meet people of each other age, in Viet Nam, and the same for a commune with other ages.

Source of every figure: Prem, van Zandvoort, Klepac, Eggo, Davies, CMMID, Cook and Jit, "Projecting contact matrices in 177 geographical
regions: an update and comparison with empirical data for the COVID-19 era", PLoS Computational Biology 2021, 17(7): e1009098; Viet Nam, all
areas, contacts a day, 16 five-year bands, row = age of who is asked. They are projections from surveys in other countries, not a survey.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.simulate.population.vietnam import PEOPLE_BY_AGE
from epiengine.simulate.town import Float64

#: Contacts a day at school, with all ages together.
AT_SCHOOL: Final[Float64] = np.array(
    [1.95004, 5.95036, 7.13371, 5.52163, 0.21417, 0.00098, 0.00439, 0.00341, 0.00485, 0.00831, 0.01119, 0.00896, 0.0022, 0.00005, 0, 0]
)  # fmt: skip

#: Contacts a day at work.
AT_WORK: Final[Float64] = np.array(
    [
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0.00893, 0.00741, 0.00396, 0.03603, 0.02697, 0.01522, 0.01404, 0.01319, 0.0146, 0.01228, 0.00805, 0.00484, 0.00279, 0.00231, 0.00079, 0],
        [0.01645, 0.05186, 0.04295, 0.16371, 0.29763, 0.27903, 0.23162, 0.25573, 0.19391, 0.16184, 0.13966, 0.08219, 0.06564, 0.02489, 0.03316, 0.00931],
        [0.08394, 0.1039, 0.09662, 0.25165, 0.49554, 0.81657, 0.58105, 0.56616, 0.52783, 0.38596, 0.35849, 0.21219, 0.15272, 0.07193, 0.04519, 0.01359],
        [0.05443, 0.16598, 0.10993, 0.13617, 0.34448, 0.55487, 0.72314, 0.63252, 0.57266, 0.48732, 0.33283, 0.2479, 0.14427, 0.07411, 0.01849, 0.01584],
        [0.07352, 0.12785, 0.07612, 0.30538, 0.32166, 0.58661, 0.62449, 0.86288, 0.84509, 0.61112, 0.50222, 0.25548, 0.11449, 0.06196, 0.04595, 0.03036],
        [0.093, 0.07193, 0.08563, 0.19086, 0.37862, 0.57891, 0.68045, 0.72782, 0.89704, 0.75357, 0.61147, 0.27035, 0.16826, 0.07223, 0.05194, 0.06535],
        [0.09758, 0.0451, 0.12706, 0.26372, 0.28464, 0.48245, 0.61423, 0.67547, 0.70451, 0.71727, 0.52161, 0.33946, 0.14808, 0.087, 0.05743, 0.03247],
        [0.00001, 0.00589, 0.12492, 0.18044, 0.21739, 0.44558, 0.51613, 0.53685, 0.73291, 0.73686, 0.6328, 0.3919, 0.16226, 0.05195, 0.0519, 0.04471],
        [0.0348, 0.05902, 0.17186, 0.10805, 0.13033, 0.234, 0.32427, 0.30532, 0.39399, 0.32385, 0.33899, 0.27166, 0.1362, 0.04033, 0.01966, 0.01977],
        [0.0039, 0.00848, 0.07005, 0.01773, 0.06214, 0.10849, 0.11929, 0.14086, 0.15296, 0.15616, 0.13443, 0.13296, 0.05619, 0.02844, 0.01155, 0.02074],
        [0.00291, 0.00127, 0.00295, 0.00875, 0.01205, 0.03049, 0.02792, 0.01126, 0.0254, 0.02297, 0.02962, 0.02045, 0.01786, 0.00543, 0.00962, 0.00458],
        [0, 0, 0.00003, 0.0003, 0.00019, 0.00024, 0.00041, 0.00046, 0.0004, 0.00035, 0.00024, 0.00051, 0.0003, 0.00019, 0.00019, 0.00029],
        [0, 0, 0, 0, 0.00032, 0.00031, 0.00032, 0.00057, 0.00019, 0.00007, 0.00007, 0, 0, 0.00007, 0, 0],
    ]
)  # fmt: skip

#: Contacts a day outside home, school and work.
ELSEWHERE: Final[Float64] = np.array(
    [
        [0.95723, 0.39436, 0.18926, 0.13665, 0.23225, 0.43107, 0.48715, 0.3873, 0.26712, 0.17833, 0.1807, 0.14807, 0.10433, 0.07048, 0.0306, 0.01358],
        [0.45628, 1.62408, 0.56465, 0.154, 0.12937, 0.31201, 0.37453, 0.3857, 0.33001, 0.15007, 0.10121, 0.10287, 0.10097, 0.05923, 0.01956, 0.01316],
        [0.15215, 0.75601, 2.54294, 0.38814, 0.25595, 0.26299, 0.29889, 0.33097, 0.38597, 0.23341, 0.12848, 0.07822, 0.05782, 0.04726, 0.02389, 0.01856],
        [0.08712, 0.25715, 1.14144, 3.33826, 0.80975, 0.46035, 0.28405, 0.3171, 0.32887, 0.27707, 0.10388, 0.05146, 0.04018, 0.02806, 0.01153, 0.00729],
        [0.12536, 0.153, 0.2176, 1.36012, 2.20488, 1.0561, 0.61434, 0.38055, 0.29891, 0.32924, 0.16788, 0.1091, 0.0465, 0.02831, 0.02143, 0.0156],
        [0.23595, 0.11596, 0.09548, 0.37655, 1.04769, 1.624, 0.9074, 0.56103, 0.37782, 0.3257, 0.2335, 0.12146, 0.0499, 0.02983, 0.01314, 0.00583],
        [0.2546, 0.17006, 0.24502, 0.19343, 0.5083, 0.90424, 1.11079, 0.73965, 0.47208, 0.3398, 0.28834, 0.20439, 0.10077, 0.05697, 0.01991, 0.01723],
        [0.23822, 0.26728, 0.19125, 0.1348, 0.32691, 0.7025, 0.85683, 0.96824, 0.6821, 0.41531, 0.23833, 0.18496, 0.16825, 0.09143, 0.03784, 0.01448],
        [0.17866, 0.21775, 0.32676, 0.2043, 0.36765, 0.53495, 0.72342, 0.72845, 0.79657, 0.4605, 0.26488, 0.12151, 0.12222, 0.06975, 0.03673, 0.01374],
        [0.05845, 0.08711, 0.10707, 0.20235, 0.2806, 0.41809, 0.50453, 0.52274, 0.50588, 0.49274, 0.32067, 0.14551, 0.10893, 0.05645, 0.03499, 0.02505],
        [0.09162, 0.1641, 0.17625, 0.25341, 0.46454, 0.71698, 0.51664, 0.46404, 0.53208, 0.56181, 0.37053, 0.28921, 0.18569, 0.08016, 0.0375, 0.0237],
        [0.13357, 0.11463, 0.1188, 0.13678, 0.34146, 0.69767, 0.70882, 0.54489, 0.54057, 0.35948, 0.44411, 0.40677, 0.27976, 0.12411, 0.04734, 0.02382],
        [0.10972, 0.11076, 0.08642, 0.13754, 0.29222, 0.54506, 0.55127, 0.61419, 0.53436, 0.40936, 0.3119, 0.37869, 0.34818, 0.2031, 0.09944, 0.03861],
        [0.09732, 0.12225, 0.07689, 0.08078, 0.22557, 0.42693, 0.52984, 0.44324, 0.42427, 0.3199, 0.29742, 0.31737, 0.31727, 0.21969, 0.08087, 0.04543],
        [0.04124, 0.08855, 0.11745, 0.20619, 0.19289, 0.35075, 0.35184, 0.45076, 0.52914, 0.38576, 0.25794, 0.2553, 0.44819, 0.32263, 0.20569, 0.06875],
        [0.07076, 0.06408, 0.08354, 0.05026, 0.11796, 0.17458, 0.32019, 0.24089, 0.23224, 0.27839, 0.17204, 0.15872, 0.15584, 0.16842, 0.10512, 0.06561],
    ]
)  # fmt: skip


def reciprocal(contacts: Float64, people: Float64) -> Float64:
    """float64[16, 16]: the matrix in which each meeting has two ends, nearest to the one given.

    contacts  float64[16, 16], contacts a day, row = age of who is asked;  people  float64[16], how many there are of each age
    The projected matrices are not reciprocal (the two ends differ by 9 to 27% of all contacts, depending on the setting); a town is:
    what a child tells of grandparents they must tell of children. Mean of both tellings, Arregui et al. 2018, equation 2.
    """
    meetings = contacts * people[:, None]
    return np.asarray((meetings + meetings.T) / (2 * people[:, None]))


def for_ages(contacts: Float64, *, here: Float64) -> Float64:
    """float64[16, 16]: contacts a day of people whose ages are shared out as `here`, from a reciprocal matrix of the whole country.

    Whom one meets is weighed by how many of that age there are here compared with the country (the density correction of Arregui,
    Aleta, Sanz and Moreno, PLoS Computational Biology 2018, 14(12): e1006638, method M2); the result is reciprocal here.
    """
    there = PEOPLE_BY_AGE / PEOPLE_BY_AGE.sum()
    return np.asarray(contacts * (here / here.sum() / there)[None, :])


def community_mixing(ages: Float64, *, in_hamlet: float) -> Float64:
    """float64[16, 16]: the `mixing` of a town with these people by age; its rows sum to the liveliness of the age, 1 on average.

    in_hamlet  share of the contacts outside home, school and work that are made within the hamlet, with neighbours of whatever age.
               What neighbours make up is taken away, so that hamlet and community together give the matrix; where neighbours alone
               are more than the matrix allows (the very old among children) nothing is left, and the row is a little too large.
    """
    share = ages / ages.sum()
    elsewhere = for_ages(reciprocal(ELSEWHERE, PEOPLE_BY_AGE), here=ages)
    elsewhere /= share @ elsewhere.sum(axis=1)
    left = np.maximum(elsewhere - in_hamlet * share[None, :], 0.0)
    return np.asarray(left / (share @ left.sum(axis=1)))
