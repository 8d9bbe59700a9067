"""The library cannot be used as it is; nothing in it was changed."""

from __future__ import annotations

from linkshot.errors.base import LinkshotError


class LibraryError(LinkshotError):
    """The library cannot be used as it is; nothing in it was changed."""

    code = "library_unusable"
    en = "The library {path} cannot be used: {reason}."
    zh = "库 {path} 无法使用：{reason}。"


class LibraryLocked(LibraryError):
    """Another program held the library for longer than the wait."""

    code = "library_locked"
    en = "The library {path} is busy: another program has been writing for {seconds} seconds. Try again."
    zh = "库 {path} 正忙：另一个程序已写入 {seconds} 秒。请重试。"


class LibraryReadOnly(LibraryError):
    """The library's folder or file may not be written."""

    code = "library_read_only"
    en = "The library {path} cannot be written. Check the folder's permissions and the disk."
    zh = "库 {path} 不可写。请检查文件夹权限和磁盘。"


class LibraryNewer(LibraryError):
    """A newer Linkshot made this library."""

    code = "library_newer"
    en = "The library {path} was made by a newer Linkshot (schema {found}, this program knows {known}). Update Linkshot."
    zh = (
        "库 {path} 由更新版本的链接快照创建(结构版本 {found}，本程序支持 {known})。请升级链接快照。"
    )


class NotALibrary(LibraryError):
    """The file or folder is something else than a Linkshot library."""

    code = "not_a_library"
    en = "{path} is not a Linkshot library: {reason}. Name another folder with --library."
    zh = "{path} 不是链接快照的库：{reason}。请用 --library 指定其他文件夹。"


class DiskFull(LibraryError):
    """The disk that holds the library has no room left; nothing was half written."""

    code = "disk_full"
    en = "The disk of {path} is full. Free some room; what was to be kept is not lost where it came from."
    zh = "{path} 所在磁盘已满。请腾出空间；待保存的内容仍在原处，没有丢失。"


class LibraryDamaged(LibraryError):
    """The database or a blob does not hold what it should."""

    code = "library_damaged"
    en = "The library {path} is damaged: {reason}. “linkshot verify” says what is lost; a copy of the folder brings it back."
    zh = "库 {path} 已损坏：{reason}。linkshot verify 会说明丢失了什么；可用文件夹的备份恢复。"


class BlobMissing(LibraryError):
    """A blob that a snapshot names is not in the library."""

    code = "blob_missing"
    en = "The library has no content {sha256}. Run “linkshot verify”."
    zh = "库中没有内容 {sha256}。请运行 linkshot verify。"
