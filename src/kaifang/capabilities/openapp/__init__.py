"""Applications: what a merchant or a service provider signs with, may do, is told of, and acts for others by."""

from kaifang.kernel import capability

capability(title="Applications", zh="开放应用", needs=[])
