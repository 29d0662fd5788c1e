"""What every browser test has: the app with the tiny network, and a Chromium to look at it with."""

from tests.browser.fixtures import address as address
from tests.browser.fixtures import browser as browser
from tests.browser.fixtures import context as context
from tests.browser.fixtures import page as page
from tests.browser.fixtures import phone_context as phone_context
from tests.browser.fixtures import phone_seat as phone_seat
from tests.browser.fixtures import phone_visitor as phone_visitor
from tests.browser.fixtures import seat as seat
from tests.browser.fixtures import visitor as visitor
from tests.browser.pose_page import lab as lab
from tests.browser.pose_page import phone as phone
