"""The crash tests' helpers assert too, and are to say why."""

import pytest

pytest.register_assert_rewrite("tests.crash.audit", "tests.crash.customers", "tests.crash.shop", "tests.crash.line")
