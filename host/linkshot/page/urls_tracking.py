"""What of an address does not name the page: the tables, and the rules that apply them.

Sources: the makers' own pages where they have one (utm_*: Google Analytics, "URL builders"; gclid,
gbraid, wbraid, dclid: Google Ads, "auto-tagging"; msclkid: Microsoft Advertising; fbclid: Meta's
Conversions API; hm*: Baidu Tongji, 指定广告跟踪; spm, scm: Alibaba's SPM scheme; mkt_tok: Marketo;
mc_*: Mailchimp; _hs*: HubSpot; _openstat: openstat.ru); otherwise links as the sites' own share
buttons write them. A parameter stands here only where leaving it out opens the same page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote_plus

from linkshot.page.urls_parse import Address


@dataclass(frozen=True)
class SiteRule:
    """What a site and its subdomains add: names to remove, or the only names to keep."""

    remove: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    keep_only: frozenset[str] | None = None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


EVERYWHERE = _names(
    "gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid _ga _gl fbclid msclkid yclid ysclid"
    " twclid ttclid li_fat_id igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi __hstc __hssc __hsfp"
    " hsctatracking vero_id vero_conv oly_anon_id oly_enc_id wickedid _openstat spm scm bd_vid hmsr"
    " hmpl hmcu hmkw hmci isappinstalled wxshare_count nsukey share_token tdsourcetag"
)
EVERYWHERE_PREFIXES = ("utm_", "spm_id_", "sharer_share", "share_session")
# WeChat adds from= when a link is shared; other sites use the name for what matters.
EVERYWHERE_VALUES = {
    "from": _names("timeline singlemessage groupmessage qrcode_share appmsg_share"),
    "ref": _names("share"),
}

_SHARE = "share_source share_medium share_plat share_tag share_from share_times share_id"
SITES: dict[str, SiteRule] = {
    "mp.weixin.qq.com": SiteRule(
        keep_only=_names("__biz mid idx sn action album_id appmsgid itemidx sign signature")
    ),
    "zhihu.com": SiteRule(_names("share_code s_r s_s_i hb_wx_block hybrid_search_source from")),
    "weibo.com": SiteRule(
        _names(
            "refer_flag from mod wvr wm sudaref display retcode luicode lfid featurecode jumpfrom"
            " sourcetype is_hot ssl_rnd pagetype type"
        )
    ),
    "weibo.cn": SiteRule(
        _names(
            "refer_flag from wm sudaref display retcode luicode lfid featurecode jumpfrom sourcetype"
        )
    ),
    "bilibili.com": SiteRule(
        _names(
            f"{_SHARE} vd_source from from_spmid from_source seid buvid is_story_h5 plat_id up_id"
            " mid msource bsource broadcast_type is_room_feed launch_id session_id live_from hotrank"
            " visit_id timestamp ts bbid unique_k rt accept_quality trackid"
        )
    ),
    "toutiao.com": SiteRule(
        _names(
            "tt_from upstream_biz app timestamp use_new_style req_id group_id share_did share_uid"
            " log_from wid is_new_connect is_new_user source chn_id category_new module_name"
        )
    ),
    "xiaohongshu.com": SiteRule(
        _names(
            f"{_SHARE} xsec_token xsec_source share_from_user_hidden appuid apptime shareredid"
            " app_platform app_version author_share ignoreengage type xhsshare wechatwid"
            " wechatorigin source"
        )
    ),
    "douyin.com": SiteRule(
        _names(
            "previous_page enter_from u_code did iid with_sec_did titletype from_ssr from ts timestamp"
            " share_sign share_version region mid from_aid activity_info scene_from enter_method"
        )
    ),
    "csdn.net": SiteRule(
        _names(
            "ops_request_misc request_id biz_id depth_1-utm_source depth_1-utm_medium sharetype sharerid sharerefer sharesource"
        )
    ),
    "juejin.cn": SiteRule(_names("searchid from")),
    "jianshu.com": SiteRule(_names("from")),
    "douban.com": SiteRule(_names("dt_platform dt_dapp _i from")),
    "taobao.com": SiteRule(
        _names(
            "pvid algo_expid ali_refid ali_trackid ut_sk share_crt_v shareurl suid un priceTId sourceType"
        )
    ),
    "tmall.com": SiteRule(
        _names("pvid algo_expid ali_refid ali_trackid ut_sk abbucket rn user_id is_b")
    ),
    "baijiahao.baidu.com": SiteRule(keep_only=_names("id")),
    "baike.baidu.com": SiteRule(
        _names("fr frommodule fromtitle fromid sefr ge_ala lemmafrom bk_share")
    ),
    "baidu.com": SiteRule(
        _names("tn ie oq fenlei rqlang usm bs sa ms wfr for _wkts_ eqid f ch"), prefixes=("rsv_",)
    ),
    "163.com": SiteRule(
        _names("referfrom spss spsnuid spsdevid spsvid spsshare spsts spstoken f cdn")
    ),
    "sohu.com": SiteRule(_names("pvid trans_ edtsign edtcode qq-pf-to _f")),
    "sina.com.cn": SiteRule(_names("vt pos cref wm from")),
    "sina.cn": SiteRule(_names("vt pos cref wm from")),
    "qq.com": SiteRule(_names("shareto devid qimei uid chlid pgv_ref adtag suid")),
    "thepaper.cn": SiteRule(_names("commtag")),
    "36kr.com": SiteRule(_names("f")),
    "ithome.com": SiteRule(_names("from")),
    "youtube.com": SiteRule(_names("feature si pp ab_channel")),
    "youtu.be": SiteRule(_names("feature si")),
    "x.com": SiteRule(_names("s t ref_src ref_url")),
    "twitter.com": SiteRule(_names("s t ref_src ref_url")),
    "instagram.com": SiteRule(_names("hl ig_rid ig_mid")),
    "reddit.com": SiteRule(_names("share_id ref ref_source rdt correlation_id")),
    "linkedin.com": SiteRule(_names("trk trackingid lipi lici refid")),
    "amazon.com": SiteRule(
        _names("ref ref_ qid sr psc th sprefix crid dib dib_tag"), prefixes=("pd_rd_", "pf_rd_")
    ),
    "medium.com": SiteRule(_names("source sk")),
    "nytimes.com": SiteRule(_names("smid partner emc")),
    "substack.com": SiteRule(_names("r s isfreemail triedredirect showwelcome")),
}

# The same page on another host of the site: (host, host it is known by). Only where every path of
# the first opens the same page on the second.
HOSTS = {
    "m.bilibili.com": "www.bilibili.com",
    "bilibili.com": "www.bilibili.com",
    "m.thepaper.cn": "www.thepaper.cn",
    "m.douban.com": "www.douban.com",
    "zhihu.com": "www.zhihu.com",
    "m.youtube.com": "www.youtube.com",
    "youtube.com": "www.youtube.com",
    "mobile.twitter.com": "x.com",
    "twitter.com": "x.com",
    "www.x.com": "x.com",
    "old.reddit.com": "www.reddit.com",
}
_MOBILE_WIKI = re.compile(r"^([a-z-]+)\.m\.(wik[a-z]+\.org)$")

# Fragments that name a page of an application, not a place in a page.
_ROUTE = re.compile(r"[!/]/?[^/]")
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def clean_address(address: Address) -> Address:
    """`address` without what does not name the page, its escapes in one form."""
    if address.scheme == "file":
        return replace(address, path=_one_form(address.path), query=None, fragment=None)
    host = _known_host(address.host.removesuffix("."))
    path = _one_form(address.path)
    return replace(
        address,
        userinfo="",
        host=host,
        path=path.rstrip("/") or "/",
        query=_clean_query(address.query or "", _rule_for(host)) or None,
        fragment=_route(address.fragment),
    )


def _known_host(host: str) -> str:
    return HOSTS.get(host) or _MOBILE_WIKI.sub(r"\1.\2", host)


def _rule_for(host: str) -> SiteRule:
    labels = host.split(".")
    for start in range(len(labels) - 1):
        rule = SITES.get(".".join(labels[start:]))
        if rule:
            return rule
    return SiteRule()


def _clean_query(query: str, rule: SiteRule) -> str:
    pieces = [piece for piece in query.split("&") if piece and not _is_tracking(piece, rule)]
    return _one_form("&".join(pieces))


def _is_tracking(piece: str, rule: SiteRule) -> bool:
    name, _, value = piece.partition("=")
    name = unquote_plus(name).lower()
    if name in EVERYWHERE or name.startswith(EVERYWHERE_PREFIXES):
        return True
    if value in EVERYWHERE_VALUES.get(name, ()):
        return True
    if rule.keep_only is not None:
        return name not in rule.keep_only
    return name in rule.remove or name.startswith(rule.prefixes or "\0")


def _route(fragment: str | None) -> str | None:
    return _one_form(fragment) if fragment and _ROUTE.match(fragment) else None


def _one_form(text: str) -> str:
    """Escapes in capitals, none for characters that need none, a lone % as %25."""
    if "%" not in text:
        return text
    return _ESCAPE.sub(_one_escape, _STRAY_PERCENT.sub("%25", text))


def _one_escape(found: re.Match[str]) -> str:
    byte = int(found[0][1:], 16)
    return chr(byte) if byte in _UNRESERVED else found[0].upper()
