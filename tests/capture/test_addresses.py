import httpx
import pytest

from linkshot.capture.addresses import inner_target
from linkshot.capture.http import Network, capture_with_http
from linkshot.capture.http_fetch import HttpOptions
from linkshot.errors import HostNotResolved, PrivateAddress

NAMES = {
    "public.test": ["93.184.215.14"],
    "inner.test": ["10.0.0.7"],
    "both.test": ["1.1.1.1", "::1"],
    "silent.test": ["1.1.1.1"],
}


@pytest.mark.parametrize(
    ("origins", "targets", "stopped_at"),
    [
        (["8.8.8.8"], ["127.0.0.1"], "127.0.0.1"),
        (["8.8.8.8"], ["1.1.1.1", "fd00::1"], "fd00::1"),
        (["8.8.8.8"], ["1.1.1.1"], None),
        (["127.0.0.1"], ["10.0.0.1"], None),
        ([], ["169.254.169.254"], "169.254.169.254"),
    ],
)
def test_public_page_may_not_lead_inside(origins, targets, stopped_at):
    assert inner_target(origins, targets) == stopped_at


class Sites:
    """A network of sites, none of them real: the addresses asked for, the hosts looked up.

    Nobody answers at silent.test.
    """

    def __init__(self, answers: dict[str, httpx.Response]) -> None:
        self.asked: list[str] = []
        self.named: list[str] = []
        self._answers = answers

    def network(self) -> Network:
        async def resolve(host: str) -> list[str]:
            self.named.append(host)
            if host not in NAMES:
                raise HostNotResolved(host=host)
            return NAMES[host]

        def answer(request: httpx.Request) -> httpx.Response:
            self.asked.append(str(request.url))
            if request.url.host == "silent.test":
                raise httpx.ConnectTimeout("")
            return self._answers.get(str(request.url)) or httpx.Response(404)

        return Network(resolve=resolve, transport=httpx.MockTransport(answer))


@pytest.mark.parametrize("target", ["http://inner.test/", "http://both.test/"])
def test_redirect_from_public_site_to_inner_one_is_stopped_before_it_is_asked(target):
    sites = Sites({"http://public.test/": httpx.Response(302, headers={"location": target})})
    with pytest.raises(PrivateAddress):
        capture_with_http("http://public.test/", network=sites.network())
    assert sites.asked == ["http://public.test/"]


def test_picture_inside_is_missing_from_a_public_page():
    html = "<link rel=icon><img src=http://inner.test/a.png>"
    headers = {"content-type": "text/html"}
    sites = Sites({"http://public.test/": httpx.Response(200, text=html, headers=headers)})
    plan = capture_with_http("http://public.test/", network=sites.network()).plan
    assert [(m.url, m.reason) for m in plan.missing] == [("http://inner.test/a.png", "refused")]
    assert sites.asked == ["http://public.test/"]


def test_inner_page_may_use_what_is_inside():
    html = "<img src=http://inner.test/a.png>"
    headers = {"content-type": "text/html"}
    sites = Sites(
        {
            "http://inner.test/": httpx.Response(200, text=html, headers=headers),
            "http://inner.test/a.png": httpx.Response(200, content=b"GIF89a"),
        }
    )
    plan = capture_with_http("http://inner.test/", network=sites.network()).plan
    assert len(plan.resources) == 1


@pytest.mark.parametrize(
    ("host", "reason"), [("silent.test", "timeout"), ("gone.test", "host_not_resolved")]
)
def test_host_that_is_not_there_is_not_waited_for_again(host, reason):
    html = "<link rel=icon>" + "".join(f"<img src=http://{host}/{n}.png>" for n in range(100))
    headers = {"content-type": "text/html"}
    sites = Sites({"http://public.test/": httpx.Response(200, text=html, headers=headers)})
    plan = capture_with_http("http://public.test/", network=sites.network()).plan
    assert [missing.reason for missing in plan.missing] == [reason] * 100
    assert sites.named.count(host) == 1
    assert len(sites.asked) <= 1 + HttpOptions().concurrency


def test_name_that_leads_inside_once_it_was_checked_is_refused(site):
    async def public(host: str) -> list[str]:
        return NAMES["public.test"]

    url = site.put("/", "<p>内部资料").replace("127.0.0.1", "localhost")
    with pytest.raises(PrivateAddress) as raised:
        capture_with_http(url, network=Network(resolve=public))
    assert raised.value.facts == {"url": url, "target": url, "address": "127.0.0.1"}
