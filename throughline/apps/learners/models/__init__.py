"""What the learners room keeps: young people, what is believed of each, and when their restricted records were opened."""

from throughline.apps.learners.models.activity import Activity
from throughline.apps.learners.models.address import Address
from throughline.apps.learners.models.contact import Contact
from throughline.apps.learners.models.fact import Fact, Span, WriteOnceError
from throughline.apps.learners.models.guarantee import GuaranteeStatus
from throughline.apps.learners.models.identifier import Identifier
from throughline.apps.learners.models.kept_longer import KeptLonger
from throughline.apps.learners.models.learner import Learner
from throughline.apps.learners.models.membership import Membership
from throughline.apps.learners.models.name import Name
from throughline.apps.learners.models.need import LevelOfNeed
from throughline.apps.learners.models.opening import Opening
from throughline.apps.learners.models.particulars import PARTICULARS, Particulars
from throughline.apps.learners.models.postcode import Postcode, PostcodeRelease
from throughline.apps.learners.models.source import Source
from throughline.apps.learners.models.trait import Trait

FACTS: tuple[type[Fact], ...] = (
    Particulars, Name, Address, Identifier, Membership, Trait, LevelOfNeed, Contact, Activity, GuaranteeStatus,
)
COUNTED: tuple[type[Fact], ...] = (Particulars, Membership, Trait, Address, Activity)  # what the figures are made of

__all__ = [
    "COUNTED", "FACTS", "PARTICULARS", "Activity", "Address", "Contact", "Fact", "GuaranteeStatus", "Identifier", "KeptLonger",
    "Learner", "LevelOfNeed", "Membership", "Name", "Opening", "Particulars", "Postcode", "PostcodeRelease", "Source", "Span",
    "Trait", "WriteOnceError",
]
