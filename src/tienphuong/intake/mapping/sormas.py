"""Column names of the SORMAS import templates and what they mean here."""

import re

from .terms import TargetField as F

ENTITIES = frozenset(
    {"casedata", "contact", "person", "location", "epidata", "healthconditions", "symptoms", "hospitalization", "sample", "pathogentest"}
)
# SORMAS names its properties in camel case with dots for the entity they belong to.
PROPERTY = re.compile(r"^(?:[a-z]+[a-z0-9]*\.)*[a-z]+(?:[A-Z][A-Za-z0-9]*)*$")

FIELDS: dict[str, F] = {
    "disease": F.DISEASE,
    "epidNumber": F.EPID,
    "externalID": F.CASE_NO,
    "externalToken": F.CASE_NO,
    "caseIdExternalSystem": F.LINKED_CASE,
    "caseOrEventInformation": F.EXPOSURE,
    "reportDate": F.REPORTED_ON,
    "reportDateTime": F.REPORTED_ON,
    "caseClassification": F.CLASSIFICATION,
    "contactClassification": F.CLASSIFICATION,
    "contactCategory": F.DEGREE,
    "outcome": F.OUTCOME,
    "outcomeDate": F.OUTCOME_ON,
    "person.firstName": F.GIVEN_NAME,
    "person.lastName": F.FAMILY_NAME,
    "person.sex": F.SEX,
    "person.birthdateDD": F.BIRTH_DAY,
    "person.birthdateMM": F.BIRTH_MONTH,
    "person.birthdateYYYY": F.BIRTH_YEAR,
    "person.approximateAge": F.AGE,
    "person.approximateAgeType": F.AGE_UNIT,
    "person.presentCondition": F.OUTCOME,
    "person.deathDate": F.DIED_ON,
    "person.phone": F.PHONE,
    "person.nationalHealthId": F.INSURANCE_NO,
    "person.passportNumber": F.IDENTITY_NO,
    "person.citizenship": F.NATIONALITY,
    "person.occupationType": F.OCCUPATION,
    "person.occupationDetails": F.WORKPLACE,
    "person.address.city": F.ADDRESS,
    "person.address.street": F.ADDRESS,
    "person.address.address": F.ADDRESS,
    "person.address.details": F.HAMLET,
    "responsibleRegion": F.PROVINCE,
    "responsibleDistrict": F.DISTRICT,
    "responsibleCommunity": F.COMMUNE,
    "region": F.PROVINCE,
    "district": F.DISTRICT,
    "community": F.COMMUNE,
    "healthFacility": F.TREATMENT_PLACE,
    "symptoms.onsetDate": F.ONSET_ON,
    "contactWithSourceCaseKnown": F.SOURCE_STATUS,
    "epiData.contactWithSourceCaseKnown": F.SOURCE_STATUS,
    "firstContactDate": F.EXPOSURE_FROM,
    "lastContactDate": F.LAST_CONTACT_ON,
    "contactProximity": F.RELATION,
    "relationToCase": F.RELATION,
    "quarantine": F.QUARANTINE_FORM,
    "quarantineFrom": F.QUARANTINE_FROM,
    "quarantineTo": F.QUARANTINE_TO,
    "followUpUntil": F.QUARANTINE_TO,
    "description": F.NOTE,
}

# Where two properties could fill one field, the earlier here is taken if its column has values.
PREFERRED: tuple[str, ...] = tuple(FIELDS)


def is_property(name: str) -> bool:
    """Whether a header cell is a SORMAS property name that this list or its entity prefix knows."""
    return name in FIELDS or (
        name.startswith(("person.", "symptoms.", "epiData.", "hospitalization.", "contact.")) and PROPERTY.match(name) is not None
    )
