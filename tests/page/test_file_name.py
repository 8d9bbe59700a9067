import pytest

from linkshot.page.file_name import file_name_in


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"", ""),
        (b"attachment", ""),
        (b"attachment; filename*=UTF-8''%E6%94%BF%E7%AD%96.docx", "政策.docx"),
        (b"attachment; filename=x.doc; filename*=utf-8''%E6%94%BF%E7%AD%96.doc", "政策.doc"),
        (b"attachment; filename*=GBK''%D5%FE%B2%DF.doc", "政策.doc"),
        (b"attachment; filename*=idna''%D5%FE%B2%DF.doc", "政策.doc"),
        ('attachment; filename="政策; 附件.docx"'.encode(), "政策; 附件.docx"),
        ('attachment; filename="政策.docx"'.encode("gbk"), "政策.docx"),
        (b"attachment;filename=%E6%94%BF%E7%AD%96.docx", "政策.docx"),
        (b'attachment; filename="=?UTF-8?B?5pS/562WLmRvY3g=?="', "政策.docx"),
        (b'attachment; filename="=?x?y?z?="', "=?x?y?z?="),
        (rb'attachment; filename="..\..\etc/pass\wd"; size=3', "wd"),
        (b"attachment; filename=" + b"a" * 300 + b".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_name_is_read_as_browsers_read_it(disposition, name):
    assert file_name_in(disposition) == name
