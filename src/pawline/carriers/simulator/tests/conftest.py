from pawline.carriers.simulator.tests.product import Product, product_hooks
from pawline.carriers.simulator.tests.sdk import Sdk, sdk
from tests.simulated_carrier import carrier, carrier_server

__all__ = ["Product", "Sdk", "carrier", "carrier_server", "product_hooks", "sdk"]
