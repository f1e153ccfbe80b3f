"""Documents next to the bill: costs of a service, combined goods and services, a company's benefit weight, bids of a tender.

document = tkdn.documents.read("bids.json")
result = tkdn.documents.bids(document)
result.winner, result.explain(), result.to_dict()
"""

from tkdn.documents.benefit_forms import write_benefit_forms
from tkdn.documents.combination import CombinedResult, combined
from tkdn.documents.company_benefit import BenefitResult, benefit
from tkdn.documents.model import BenefitDocument, BidsDocument, CombinedDocument, Document, ServicesDocument
from tkdn.documents.reading import from_dict, from_json, read
from tkdn.documents.service_cost import ServicesResult, services
from tkdn.documents.template import write_template
from tkdn.documents.tender import BidsResult, bids
from tkdn.errors import DocumentError

__all__ = [
    "BenefitDocument",
    "BenefitResult",
    "BidsDocument",
    "BidsResult",
    "CombinedDocument",
    "CombinedResult",
    "Document",
    "DocumentError",
    "ServicesDocument",
    "ServicesResult",
    "benefit",
    "bids",
    "combined",
    "from_dict",
    "from_json",
    "read",
    "services",
    "write_benefit_forms",
    "write_template",
]
