"""What is known of Viet Nam's people that a town is built from when the caller knows nothing better; every figure with its source.

The engine reads no file. A caller who has the census of their communes passes it; these constants stand in for what they have not.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from epiengine.simulate.town import Float64

#: People by five-year age band (0-4, 5-9, ..., 75 and older), thousands, Viet Nam at mid-2020, both sexes.
#: United Nations, World Population Prospects 2019, files popM and popF of the package wpp2019 (sum 97,338.6). These are the people for
#: whom Prem et al. (2021) projected the contact matrices of `contacts.py`; the census of 2019 prints the same five-year bands.
PEOPLE_BY_AGE: Final[Float64] = np.array(
    [
        7892.471, 7586.101, 7098.174, 6500.869, 6820.203, 8569.293, 8437.027, 7763.897,
        7033.826, 6539.136, 5868.357, 5241.611, 4330.954, 3011.733, 1651.958, 2992.973,
    ]
)  # fmt: skip

#: Households of 1, 2, ..., 6, and 7 or more people in the 27 communes of the districts Thanh Xuân and Thanh Trì, Hà Nội.
#: General Statistics Office, population and housing census of 1/4/2019.
HOUSEHOLDS_BY_SIZE: Final[Float64] = np.array([16647.0, 28392.0, 33732.0, 49330.0, 23364.0, 7973.0, 3655.0])

#: Share of the children of each year of age, 3 to 17, who go to kindergarten or school.
#: General Statistics Office and UNICEF, Viet Nam SDGCW survey 2020-2021: 80.5% at 36-59 months, 97.6% in the year before primary school,
#: net attendance (adjusted) 98.2% primary (6-10), 93.0% lower secondary (11-14), 78.1% upper secondary (15-17).
SCHOOL_FROM: Final = 3
ATTENDANCE: Final[Float64] = np.array([0.805] * 2 + [0.976] + [0.982] * 5 + [0.930] * 4 + [0.781] * 3)

#: Children in a class, at most, by school year: four years of kindergarten, five of primary school, four and three of secondary school.
#: 35 in primary schools (Circular 28/2020/TT-BGDĐT, article 16), 45 in secondary schools (Circular 32/2020/TT-BGDĐT, article 16). The 30
#: of kindergartens is an assumption.
CLASS_SIZE: Final[Float64] = np.array([30.0] * 4 + [35.0] * 5 + [45.0] * 7)

#: Assumptions: two adults teach a class (one is in charge, others come by the hour); a school runs up to five classes of one year.
TEACHERS_PER_CLASS: Final = 2
CLASSES_PER_YEAR: Final = 5
TEACHING_AGE: Final = (22, 59)

#: Workplaces of s people are as frequent as s^-2.06: the sizes of firms in the United States (Axtell, Science 2001, 293:1818, exponent
#: of the tail 1.059), cut at 1,000. That firms in Viet Nam follow the same law is an assumption.
WORKPLACE_TAIL: Final = 1.059
WORKPLACE_LARGEST: Final = 1000

#: Assumption: of those who share a workplace at the busiest ages. Other ages follow the work contacts of Prem et al.
WORKING_AT_MOST: Final = 0.8
WORKING_FROM: Final = 15

#: Households in a hamlet or tổ dân phố. An assumption: 60 to 100.
HOUSEHOLDS_PER_HAMLET: Final = 80
