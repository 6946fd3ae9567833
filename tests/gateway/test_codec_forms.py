"""Forms as clients write them, and as attackers do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaifang.gateway import forms
from kaifang.gateway.forms import (
    Limits,
    encode_fields,
    origin_form,
    parse_urlencoded,
    read_codec,
    read_form,
    signed_bodies,
    write_urlencoded,
)
from kaifang.gateway.malformed import Malformed, TooLarge

MULTIPART = "multipart/form-data; boundary=B"
PIECES = [
    "a",
    "=",
    "&",
    "%",
    "+",
    "%3D",
    "%26",
    "%25",
    "%ff",
    "%C2%A2",
    "%E6%B5",
    "%8B",
    "2",
    "z",
    "\x00",
    "\n",
    ";",
    "é",
]
FORM_TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def part(head: str, content: bytes = b"x") -> bytes:
    return b"--B\r\n" + head.encode() + b"\r\n\r\n" + content + b"\r\n"


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--B--\r\n"


@given(FORM_TEXTS.map(lambda text: text.encode("latin-1")) | FORM_TEXTS.map(str.encode) | st.binary(max_size=40))
@settings(deadline=None, max_examples=500)
def test_the_fast_parser_is_exact_or_silent(text):
    assert forms._parse_utf8(text) in (None, forms._parse_bytes(text))


def test_the_fast_parser_does_read_what_clients_send():
    text = b"a=1&b=%E6%B5%8B+%26&c=&sign=a%2Bb%3D%3D"
    assert forms._parse_utf8(text) == [
        (b"a", b"1"),
        (b"b", "测 &".encode()),
        (b"c", b""),
        (b"sign", b"a+b=="),
    ]


@given(st.dictionaries(st.binary(min_size=1, max_size=8), st.binary(max_size=20), max_size=12))
@settings(deadline=None)
def test_written_fields_are_read_again(fields):
    assert read_form(b"", write_urlencoded(fields)).fields == fields


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (b"", []),
        (b"&&", []),
        (b"a", [(b"a", b"")]),
        (b"a=&b", [(b"a", b""), (b"b", b"")]),
        (b"a=1=2", [(b"a", b"1=2")]),
        (b"a%3Db=1", [(b"a=b", b"1")]),
        (b"a=%ff", [(b"a", b"\xff")]),
        (b"a=%B2%E2+%CA%D4", [(b"a", "测 试".encode("gbk"))]),
        (b"a=\xb2\xe2", [(b"a", b"\xb2\xe2")]),
        (b"a=%00\x00", [(b"a", b"\x00\x00")]),
        (b"a=%zz%2", [(b"a", b"%zz%2")]),
    ],
)
def test_urlencoded_is_byte_exact(text, pairs):
    assert parse_urlencoded(text) == pairs


def test_first_of_two_values_counts_and_differing_ones_are_told():
    form = read_form(b"charset=utf-8&total=1", b"charset=utf-8&total=2&total=1")
    assert form.fields == {b"charset": b"utf-8", b"total": b"1"}
    assert form.clashes == [b"total"]


def test_forms_do_not_share_anything():
    read_form(b"a=1&a=2", b"").fields[b"b"] = b"2"
    assert read_form(b"", b"") == forms.Form({}, {}, [])


def test_too_many_fields_and_too_long_texts_are_refused():
    read_form(b"&".join([b"a=1"] * 256), b"")
    with pytest.raises(TooLarge, match="more than 256 fields"):
        read_form(b"&".join([b"a=1"] * 257), b"")
    with pytest.raises(TooLarge, match="longer than 10 bytes"):
        read_form(b"", b"a=123456789", limits=Limits(field_bytes=10))


@pytest.mark.parametrize("text", [b"a=%ff", b"%41=1&", b"a=\xff"])
def test_a_long_text_that_has_to_be_decoded_slowly_is_refused(text):
    longest = Limits().foreign_bytes
    whole = text + b"x" * (longest - len(text))
    assert read_form(b"", whole).fields
    with pytest.raises(TooLarge, match="not UTF-8"):
        read_form(b"", whole + b"x")
    assert read_form(b"", b"a=%41" + b"x" * longest).fields, "UTF-8 may be longer"


def test_other_content_types_are_refused_only_with_a_body():
    assert read_form(b"a=1", b"", "application/json").fields == {b"a": b"1"}
    with pytest.raises(Malformed, match="content-type is not that of a form"):
        read_form(b"", b"{}", "application/json")
    assert read_form(b"", b"a=1", "Application/X-WWW-Form-Urlencoded ; charset=GBK").fields == {b"a": b"1"}


def test_java_writes_heads_without_blanks_and_begins_with_a_line_break():
    text = 'Content-Disposition:form-data;name="image_type"\r\nContent-Type:text/plain'
    file = 'Content-Disposition:form-data;name="image_content";filename="a.jpg"\r\nContent-Type:image/jpeg'
    form = read_form(b"", b"\r\n" + body(part(text, b"jpg"), part(file, b"\xff\r\n--b\r\n")), MULTIPART)
    assert form.fields == {b"image_type": b"jpg"}
    assert form.files == {b"image_content": forms.File(b"a.jpg", "image/jpeg", b"\xff\r\n--b\r\n")}


@pytest.mark.parametrize("name", ['a"b.jpg', "图.jpg", "誠.jpg", "誠", 'x"; name="sign'])
@pytest.mark.parametrize("head", ['form-data; name="f"; filename="%s"', 'form-data;name="f";filename="%s"'])
def test_a_raw_file_name_never_makes_a_file_a_signed_text(name, head):
    line = b"Content-Disposition: " + (head % name).encode("gbk")
    form = read_form(b"", b"--B\r\n" + line + b"\r\n\r\nbytes\r\n--B--", MULTIPART)
    assert form.fields == {}
    assert [file.content for file in form.files.values()] == [b"bytes"]


def test_file_names_that_need_no_guess_are_kept_in_their_bytes():
    line = 'Content-Disposition: form-data; name="f"; filename="图.jpg"'.encode("gbk")
    form = read_form(b"", b"--B\r\n" + line + b"\r\n\r\nbytes\r\n--B--", MULTIPART)
    assert form.files[b"f"] == forms.File("图.jpg".encode("gbk"), "", b"bytes")


def test_texts_in_parts_are_not_decoded_and_may_be_empty():
    form = read_form(
        b"a=1",
        body(
            part('Content-Disposition: form-data; name="b"', b"%41+"),
            part('Content-Disposition: form-data; name="c"', b""),
        ),
        MULTIPART,
    )
    assert form.fields == {b"a": b"1", b"b": b"%41+", b"c": b""}


def test_texts_and_files_that_come_twice_are_told():
    text, file = 'Content-Disposition: form-data; name="a"', 'Content-Disposition: form-data; name="f"; filename="x"'
    form = read_form(b"a=1", body(part(text, b"2"), part(file, b"3"), part(file, b"4")), MULTIPART)
    assert (form.fields[b"a"], form.files[b"f"].content) == (b"1", b"3")
    assert form.clashes == [b"a", b"f"]


DISPOSITION = 'Content-Disposition: form-data; name="a"'


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        ("multipart/form-data", body(part(DISPOSITION))),
        ("multipart/form-data; boundary=", body(part(DISPOSITION))),
        ("multipart/form-data; boundary=C", body(part(DISPOSITION))),
        ("multipart/form-data; boundary=" + "b" * 201, b""),
        (MULTIPART, b""),
        (MULTIPART, part(DISPOSITION)),
        (MULTIPART, body(part("Content-Type: text/plain"))),
        (MULTIPART, body(part("Content-Disposition: form-data"))),
        (MULTIPART, body(part("Content-Disposition: attachment; name=a"))),
        (MULTIPART, body(part(DISPOSITION + "\r\nX" * 20))),
        (MULTIPART, body(part(DISPOSITION + "\r\nX\x00Y: 1"))),
        (MULTIPART, body(part("X: " + "y" * 10_000))),
        (MULTIPART, b"--B\r\n\r\n\r\n--B--"),
        (MULTIPART, b"a=1&b=2"),
        (MULTIPART, b"--B\n" + DISPOSITION.encode() + b"\n\nx\n--B--\n"),
        (MULTIPART, body(part(DISPOSITION + "\r\nContent-Length: 99"))),
    ],
)
def test_broken_multipart_is_refused(content_type, text):
    with pytest.raises(Malformed) as refusal:
        read_form(b"", text, content_type)
    assert refusal.value.field in ("form", "content-type")


def test_huge_part_counts_and_parts_are_refused():
    with pytest.raises(TooLarge, match="segment count"):
        read_form(b"", body(*[part(DISPOSITION)] * 100_000), MULTIPART)
    with pytest.raises(TooLarge, match="segment size"):
        read_form(b"", body(part(DISPOSITION, b"x" * 101)), MULTIPART, Limits(file_bytes=100))
    with pytest.raises(TooLarge, match="a text longer than 100"):
        read_form(b"", body(part(DISPOSITION, b"x" * 101)), MULTIPART, Limits(field_bytes=100))


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_noise_is_refused_and_never_breaks_the_reader(noise):
    for text in (noise, b"--B\r\n" + noise, part(DISPOSITION) + noise):
        try:
            read_form(noise, text, MULTIPART)
        except Malformed:
            continue


@pytest.mark.parametrize(
    ("target", "origin"),
    [
        (b"/gateway.do?a=1", b"/gateway.do?a=1"),
        (b"http://127.0.0.1/gateway.do?a=http://x/y", b"/gateway.do?a=http://x/y"),
        (b"HTTPS://h:1", b"/"),
        (b"http://h?a=1", b"/?a=1"),
        (b"//h/x", b"//h/x"),
    ],
)
def test_targets_lose_scheme_and_host_only(target, origin):
    assert origin_form(target) == origin


@pytest.mark.parametrize("target", [b"", b"*", b"gateway.do", b"ftp://h/x", b"h:443"])
def test_other_targets_are_refused(target):
    with pytest.raises(Malformed, match="target is not a path"):
        origin_form(target)


def test_charsets():
    assert read_codec({}) == read_codec({b"charset": b""}) == read_codec({b"charset": b"UTF-8"}) == "utf-8"
    assert read_codec({b"charset": b"GBK"}) == "gbk"
    for charset in (b"utf-7", b"punycode", b"zip", b"gbk\x00", b"\xff"):
        with pytest.raises(Malformed, match="charset is not known here"):
            read_codec({b"charset": charset})


def test_what_a_charset_cannot_say_is_a_question_mark():
    assert encode_fields({"subject": "测😀"}, "gbk") == {b"subject": "测?".encode("gbk")}


def test_what_an_upload_may_have_signed():
    assert signed_bodies(forms.Form({b"data": b"{}"})) == (b"{}", b"")
    assert signed_bodies(forms.Form()) == (b"",)
