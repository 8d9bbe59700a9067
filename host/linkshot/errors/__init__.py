"""Every failure a caller may act on: one class per thing a caller would do differently.

    LinkshotError
    ├── InputError              what the person gave cannot be used
    │   ├── UrlInvalid, FileUnreadable, QueryTooLong, NoteTooLong
    │   ├── TagEmpty, TagTooLong, TagSlashAtEnd, TagInvalid, TagNameTaken, TagBelowItself
    │   ├── TagNotFound, LinkNotFound, SnapshotNotFound, ResourceNotFound
    │   ├── CaptureNotFound, RuleNotFound, ColorInvalid
    │   ├── RuleInvalid: RuleFieldInvalid, RuleTooLong
    │   ├── UndoNotFound: NothingToUndo
    │   ├── UndoBlocked
    │   └── OutputUnwritable, OutputMisnamed
    ├── CaptureError            the page could not be had
    │   ├── HostNotResolved, ConnectionFailed, FetchTimeout, HttpStatus
    │   ├── PageTooLarge, PageEmpty, PageIsFile, PrivateAddress, TooManyRedirects, PageNotCapturable
    │   └── BrowserMissing, BrowserFailed, BrowserNotConnected
    ├── LibraryError            the library cannot be used as it is
    │   ├── LibraryLocked, LibraryReadOnly, LibraryNewer, NotALibrary
    │   └── DiskFull, LibraryDamaged, BlobMissing
    ├── ProtocolError           the wire between the browser and the host
    │   ├── FrameInvalid, MessageTooLarge, MessageInvalid, ActionUnknown, ProtocolMismatch
    │   ├── UploadUnknown, UploadInvalid
    │   └── Internal
    ├── WindowError             the viewer cannot be shown
    │   ├── WebviewMissing
    │   └── RequestForbidden
    └── SetupError              the browsers cannot be connected
        └── HostProgramMissing

`code` is the word on the wire, in `--json` and in the logs: words are only ever added. `en` and
`zh` are the message in both languages; the facts given to the constructor fill them and stay
readable in `facts`.
"""

from __future__ import annotations

from linkshot.errors.base import (
    Language,
    LinkshotError,
)
from linkshot.errors.capture import (
    BrowserFailed,
    BrowserMissing,
    BrowserNotConnected,
    CaptureError,
    ConnectionFailed,
    FetchTimeout,
    HostNotResolved,
    HttpStatus,
    PageEmpty,
    PageIsFile,
    PageNotCapturable,
    PageTooLarge,
    PrivateAddress,
    TooManyRedirects,
    reported,
)
from linkshot.errors.given import (
    CaptureNotFound,
    ColorInvalid,
    FileUnreadable,
    InputError,
    LinkNotFound,
    NoteTooLong,
    NothingToUndo,
    OutputMisnamed,
    OutputUnwritable,
    QueryTooLong,
    ResourceNotFound,
    RuleFieldInvalid,
    RuleInvalid,
    RuleNotFound,
    RuleTooLong,
    SnapshotNotFound,
    TagBelowItself,
    TagEmpty,
    TagInvalid,
    TagNameTaken,
    TagNotFound,
    TagSlashAtEnd,
    TagTooLong,
    UndoBlocked,
    UndoNotFound,
    UrlInvalid,
)
from linkshot.errors.library import (
    BlobMissing,
    DiskFull,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryNewer,
    LibraryReadOnly,
    NotALibrary,
)
from linkshot.errors.protocol import (
    ActionUnknown,
    FrameInvalid,
    Internal,
    MessageInvalid,
    MessageTooLarge,
    ProtocolError,
    ProtocolMismatch,
    UploadInvalid,
    UploadUnknown,
)
from linkshot.errors.setup import (
    HostProgramMissing,
    SetupError,
)
from linkshot.errors.window import (
    RequestForbidden,
    WebviewMissing,
    WindowError,
)

__all__ = [
    "ActionUnknown",
    "BlobMissing",
    "BrowserFailed",
    "BrowserMissing",
    "BrowserNotConnected",
    "CaptureError",
    "CaptureNotFound",
    "ColorInvalid",
    "ConnectionFailed",
    "DiskFull",
    "FetchTimeout",
    "FileUnreadable",
    "FrameInvalid",
    "HostNotResolved",
    "HostProgramMissing",
    "HttpStatus",
    "InputError",
    "Internal",
    "Language",
    "LibraryDamaged",
    "LibraryError",
    "LibraryLocked",
    "LibraryNewer",
    "LibraryReadOnly",
    "LinkNotFound",
    "LinkshotError",
    "MessageInvalid",
    "MessageTooLarge",
    "NotALibrary",
    "NoteTooLong",
    "NothingToUndo",
    "OutputMisnamed",
    "OutputUnwritable",
    "PageEmpty",
    "PageIsFile",
    "PageNotCapturable",
    "PageTooLarge",
    "PrivateAddress",
    "ProtocolError",
    "ProtocolMismatch",
    "QueryTooLong",
    "RequestForbidden",
    "ResourceNotFound",
    "RuleFieldInvalid",
    "RuleInvalid",
    "RuleNotFound",
    "RuleTooLong",
    "SetupError",
    "SnapshotNotFound",
    "TagBelowItself",
    "TagEmpty",
    "TagInvalid",
    "TagNameTaken",
    "TagNotFound",
    "TagSlashAtEnd",
    "TagTooLong",
    "TooManyRedirects",
    "UndoBlocked",
    "UndoNotFound",
    "UploadInvalid",
    "UploadUnknown",
    "UrlInvalid",
    "WebviewMissing",
    "WindowError",
    "reported",
]
