"""What the person gave cannot be used; nothing was changed."""

from __future__ import annotations

from linkshot.errors.base import LinkshotError


class InputError(LinkshotError):
    """What the person gave cannot be used; nothing was changed."""

    code = "input_invalid"
    en = "This cannot be used: {reason}."
    zh = "输入无法使用：{reason}。"


class UrlInvalid(InputError):
    """The text is not an http, https or file address."""

    code = "url_invalid"
    en = "“{url}” is not a web address. Give one that starts with http:// or https://."
    zh = "“{url}”不是网址。请输入以 http:// 或 https:// 开头的地址。"


class FileUnreadable(InputError):
    """A file named by the person is missing, a folder, or not readable."""

    code = "file_unreadable"
    en = "The file {path} cannot be read: {reason}."
    zh = "无法读取文件 {path}：{reason}。"


class QueryTooLong(InputError):
    """A search query is longer than the limit."""

    code = "query_too_long"
    en = "The query has {length} characters; at most {limit} are possible."
    zh = "查询有 {length} 个字符，最多 {limit} 个。"


class NoteTooLong(InputError):
    """A note is longer than the limit."""

    code = "note_too_long"
    en = "The note has {length} characters; at most {limit} are possible."
    zh = "备注有 {length} 个字符，最多 {limit} 个。"


class TagEmpty(InputError):
    """A tag, or one part of its path, has no visible character."""

    code = "tag_empty"
    en = "A tag needs at least one visible character between its slashes: “{tag}”."
    zh = "标签的每一级都要有可见字符：“{tag}”。"


class TagTooLong(InputError):
    """A tag's path is longer or deeper than the limit."""

    code = "tag_too_long"
    en = "The tag “{tag}” is too long: at most {limit} characters and {depth} levels."
    zh = "标签“{tag}”过长：最多 {limit} 个字符、{depth} 级。"


class TagSlashAtEnd(InputError):
    """A tag's path begins or ends with a slash."""

    code = "tag_slash_at_end"
    en = "The tag “{tag}” must not begin or end with a slash."
    zh = "标签“{tag}”的开头和结尾不能是斜杠。"


class TagInvalid(InputError):
    """A tag has a character that no tag may have (a control character or a line break)."""

    code = "tag_invalid"
    en = "The tag “{tag}” has a character that is not allowed: {character}."
    zh = "标签“{tag}”含有不允许的字符：{character}。"


class TagBelowItself(InputError):
    """A tag was to hang under itself or under a tag below it."""

    code = "tag_below_itself"
    en = "The tag “{tag}” cannot hang under “{under}”, which is itself or below it. Choose another tag."
    zh = "标签“{tag}”不能移到“{under}”之下：那是它自己或它的下级。请选择其他标签。"


class ColorInvalid(InputError):
    """What was given is no colour."""

    code = "color_invalid"
    en = "“{color}” is no colour. Give it as #rrggbb, for example #2f7d6b."
    zh = "“{color}”不是颜色。请写成 #rrggbb，例如 #2f7d6b。"


class TagNameTaken(InputError):
    """Another tag already has this name, ignoring case and width."""

    code = "tag_name_taken"
    en = "A tag named “{tag}” exists already. Merge the two instead."
    zh = "已有名为“{tag}”的标签。可改为合并这两个标签。"


class TagNotFound(InputError):
    """No tag has this name."""

    code = "tag_not_found"
    en = "There is no tag named “{tag}”. “linkshot tag list” shows them all."
    zh = "没有名为“{tag}”的标签。用 linkshot tag list 查看全部标签。"


class LinkNotFound(InputError):
    """The library has no link with this id or address."""

    code = "link_not_found"
    en = "The library has no link {link}."
    zh = "库中没有链接 {link}。"


class SnapshotNotFound(InputError):
    """The library has no snapshot with this id."""

    code = "snapshot_not_found"
    en = "The library has no snapshot {snapshot}."
    zh = "库中没有快照 {snapshot}。"


class ResourceNotFound(InputError):
    """The snapshot has no resource of this name."""

    code = "resource_not_found"
    en = "The snapshot {snapshot} has no content {name}."
    zh = "快照 {snapshot} 中没有内容 {name}。"


class CaptureNotFound(InputError):
    """The library has no capture request with this id."""

    code = "capture_not_found"
    en = "The library has no capture request {request}."
    zh = "库中没有采集请求 {request}。"


class RuleNotFound(InputError):
    """No rule has this number."""

    code = "rule_not_found"
    en = "There is no rule {rule}. “linkshot tag rule list” shows them."
    zh = "没有编号为 {rule} 的规则。可用 linkshot tag rule list 查看。"


class RuleInvalid(InputError):
    """A rule has no tag or no condition; its kinds say what else cannot be kept."""

    code = "rule_invalid"
    en = "A rule needs at least one tag and one condition."
    zh = "规则至少需要一个标签和一个条件。"


class RuleFieldInvalid(RuleInvalid):
    """A rule's field is none there is, or one of field and value is missing."""

    code = "rule_field_invalid"
    en = "“{field}” with the value “{value}” is no condition. A field is one of {fields}, and needs a value."
    zh = "字段“{field}”、值“{value}”不能作为条件。字段可为 {fields}，并且必须有值。"


class RuleTooLong(RuleInvalid):
    """A condition of a rule is longer than the limit."""

    code = "rule_too_long"
    en = "A condition of a rule has at most {limit} characters."
    zh = "规则的条件最多 {limit} 个字符。"


class UndoNotFound(InputError):
    """There is nothing to undo, or what was done has been undone or is too long ago."""

    code = "undo_not_found"
    en = "There is nothing to undo here: {undo}. “linkshot tag undo --list” shows what can be undone."
    zh = "没有可撤销的操作：{undo}。可用 linkshot tag undo --list 查看。"


class NothingToUndo(UndoNotFound):
    """Nothing was done to tags, or all of it is undone."""

    code = "nothing_to_undo"
    en = "Nothing that was done to tags is left to undo."
    zh = "没有可撤销的标签改动。"


class UndoBlocked(InputError):
    """What was done since stands in the way of the undo; nothing was changed."""

    code = "undo_blocked"
    en = (
        "This cannot be undone, as the tag “{tag}” has changed since. Undo the later changes first."
    )
    zh = "无法撤销：标签“{tag}”之后又有改动。请先撤销较晚的操作。"


class OutputUnwritable(InputError):
    """The place to write to cannot be written."""

    code = "output_unwritable"
    en = "{path} cannot be written: {reason}."
    zh = "无法写入 {path}：{reason}。"


class OutputMisnamed(InputError):
    """What was kept is a file, and the name to write it under is a page's: a browser would run it."""

    code = "output_misnamed"
    en = "{path} is the name of a page, but what was kept is a file. Name it {better}."
    zh = "{path} 是网页的名称，而保存的是文件。请改名为 {better}。"
