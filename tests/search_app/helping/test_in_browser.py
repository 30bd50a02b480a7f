"""The suggestions below the search box, in a browser: by keyboard, mouse, touch and input method, and when answers fail.

Every test also fails if the browser complains of anything, or asks another host for anything (see `visit`).
"""

from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from visits import Visits, asked, box, chosen, is_open, press, query, total, type_in

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = pytest.mark.browser
SUGGEST = "**/api/v1/suggest?*"
PAUSED = 300
"""Milliseconds after which the script has asked whatever it is going to ask."""
SEVEN = """\
- search "全文检索":
  - text: 检索词
  - combobox "检索词" [expanded]: zjy
  - listbox "建议":
    - option "词语 再就业 4 篇"
    - option "标题 再就业援助“千人帮带” 1 篇" [selected]
    - option "栏目 高中教育 3 篇"
    - option "词语 高中教育 3 篇"
    - option "标题 家政培训帮助下岗女工再就业 1 篇"
    - option "标题 生涯教育进渔港 1 篇"
    - option "标题 第三届“海燕”职工艺术节以“号子”开场 1 篇"
  - status: 7 条建议，按上下键选择
  - button "检索\""""
NONE = """\
- search "全文检索":
  - text: 检索词
  - combobox "检索词"{text}
  - status{said}
  - button "检索\""""


def hold(page: "Page") -> "list[Route]":
    """Give the list of the requests for suggestions to come, which nobody answers."""
    held: list[Route] = []

    def keep(route: "Route") -> None:
        held.append(route)

    page.route(SUGGEST, keep)
    return held


def wait_for(page: "Page", held: "list[Route]", text: str) -> None:
    """Wait until suggestions for a text are asked for."""
    for _ in range(200):
        if held and asked(held[-1].request.url) == text:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"nobody asks for {text}: {[each.request.url for each in held]}")


def offer(route: "Route") -> None:
    """Answer a request for suggestions with its own text."""
    option = {"label": "词语", "text": asked(route.request.url), "count": 1, "url": "/"}
    route.fulfill(json={"suggestions": [option]})


def test_accessibility_tree_tells_what_the_list_is(visit: Visits) -> None:
    """Box, state, options with kind, text and count, which one is chosen, and a status that says how many."""
    page = visit()
    search = page.get_by_role("search")
    assert search.aria_snapshot() == NONE.format(text="", said="")
    type_in(page, "zjy")
    press(page, "ArrowDown", "ArrowDown")
    assert search.aria_snapshot() == SEVEN
    press(page, "Escape")
    assert search.aria_snapshot() == NONE.format(text=": zjy", said="")
    box(page).press_sequentially("qqzz")
    page.get_by_text("没有建议").wait_for()
    assert search.aria_snapshot() == NONE.format(text=": zjyqqzz", said=": 没有建议")


def test_down_and_up_go_round_through_nothing_chosen(visit: Visits) -> None:
    """Both attributes follow, and what is chosen is scrolled to, in a low window too."""
    page = visit(viewport={"width": 390, "height": 800})
    type_in(page, "zjy")
    page.locator("[role=listbox]").evaluate("list => list.style.maxHeight = '5rem'")
    round_ = [(at, [at]) for at in range(7)]
    found = [chosen(page)]
    for key in ("ArrowDown", "ArrowUp"):
        for _ in range(8):
            press(page, key)
            found.append(chosen(page))
    assert found == [(-1, []), *round_, (-1, []), *reversed(round_), (-1, [])]
    assert box(page).input_value() == "zjy"


def test_enter_leads_to_as_many_hits_as_the_option_says(visit: Visits) -> None:
    """Each of two lists, which have every kind of suggestion."""
    page = visit()
    said, found = [], []
    for text, number in (("zjy", 7), ("沧浦", 9)):
        for at in range(number):
            page.goto(visit.address + "/")
            type_in(page, text)
            press(page, *["ArrowDown"] * (at + 1))
            option = page.get_by_role("option", selected=True)
            address = option.get_attribute("data-url")
            said.append((option.inner_text().split()[0], address, int(option.locator(".count").inner_text()[:-1])))
            with page.expect_navigation():
                press(page, "Enter")
            found.append((said[-1][0], page.url.removeprefix(visit.address), total(page)))
    assert found == said
    assert {kind for kind, _, _ in said} == {"撰稿人", "栏目", "年鉴", "词语", "标题"}


def test_enter_with_nothing_chosen_sends_the_form_as_typed(visit: Visits) -> None:
    """With the list open, and with its filters."""
    page = visit("/?q=%E5%AE%B6%E6%94%BF&year=2005")
    box(page).clear()
    type_in(page, "zjy")
    press(page, "ArrowDown", "ArrowUp")
    with page.expect_navigation():
        press(page, "Enter")
    assert query(page) == {"q": ["zjy"], "year": ["2005"]}


def test_escape_closes_and_keeps_the_text(visit: Visits) -> None:
    """Alt and an arrow open and close it without choosing; Enter then sends what is typed."""
    page = visit()
    type_in(page, "zjy")
    press(page, "ArrowDown", "Escape")
    assert (is_open(page), chosen(page), box(page).input_value()) == (False, (-1, []), "zjy")
    press(page, "Alt+ArrowDown")
    page.get_by_role("option").first.wait_for()
    assert (is_open(page), chosen(page)) == (True, (-1, []))
    press(page, "Alt+ArrowUp")
    assert is_open(page) is False
    with page.expect_navigation():
        press(page, "Enter")
    assert query(page) == {"q": ["zjy"]}


def test_tab_closes_and_goes_on(visit: Visits) -> None:
    """To the button, choosing nothing."""
    page = visit()
    type_in(page, "zjy")
    press(page, "ArrowDown", "Tab")
    assert is_open(page) is False
    assert page.evaluate("document.activeElement.textContent") == "检索"
    assert page.url == visit.address + "/"


def test_caret_keys_are_left_to_the_box(visit: Visits) -> None:
    """Those that move it, and those that mark; the chosen option stays chosen."""
    page = visit()
    type_in(page, "zjy")
    press(page, "ArrowDown")
    places = {"Home": [0, 0], "ArrowRight": [1, 1], "End": [3, 3], "ArrowLeft": [2, 2], "Shift+ArrowLeft": [1, 2]}
    places |= {"Shift+ArrowUp": [0, 2], "Shift+ArrowDown": [2, 3], "Control+a": [0, 3]}
    found = {}
    for key in places:
        press(page, key)
        found[key] = page.evaluate("[q.selectionStart, q.selectionEnd]")
    assert (found, is_open(page), chosen(page)) == (places, True, (0, [0]))


def test_mouse_takes_an_option_and_closes_elsewhere(visit: Visits) -> None:
    """A button pressed on an option and let go elsewhere does nothing, and the box keeps the focus."""
    page = visit()
    type_in(page, "zjy")
    page.get_by_role("option").nth(2).hover()
    page.mouse.down()
    page.mouse.move(5, 5)
    page.mouse.up()
    assert (is_open(page), page.evaluate("document.activeElement.id")) == (True, "q")
    page.get_by_role("heading", level=1).click()
    assert is_open(page) is False
    box(page).focus()
    press(page, "ArrowDown")
    with page.expect_navigation():
        page.get_by_role("option").nth(2).click()
    assert (query(page), total(page)) == ({"section": ["高中教育"]}, 3)


def test_finger_takes_an_option_and_closes_elsewhere(visit: Visits) -> None:
    """On a phone, where the list is as wide as box and button."""
    page = visit(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    type_in(page, "zjy")
    widths = [page.locator(f"[role={each}]").evaluate("each => each.offsetWidth") for each in ("listbox", "search")]
    assert widths[0] == widths[1]
    page.get_by_role("heading", level=1).tap()
    assert is_open(page) is False
    box(page).tap()
    press(page, "ArrowDown")
    with page.expect_navigation():
        page.get_by_role("option").nth(2).tap()
    assert (query(page), total(page)) == ({"section": ["高中教育"]}, 3)


def test_nothing_is_asked_while_an_input_method_composes(visit: Visits) -> None:
    """Not for what was typed just before, either; the list does not cover that of the input method."""
    page = visit()
    method = page.context.new_cdp_session(page)

    def compose(text: str) -> None:
        method.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})

    type_in(page, "zjy")
    page.clock.install(time=0)  # else a slow machine would ask before it composes, and rightly so
    page.clock.pause_at(1000)
    box(page).press_sequentially("x")
    for text in ("g", "go", "gong"):
        compose(text)
        page.clock.run_for(PAUSED)
    assert (box(page).input_value(), is_open(page)) == ("zjyxgong", False)
    method.send("Input.insertText", {"text": "工"})
    with page.expect_request(lambda request: asked(request.url) == "zjyx工"):
        page.clock.run_for(PAUSED)
    assert [found for each in visit.asked if (found := asked(each))][-2:] == ["zjy", "zjyx工"]


def test_key_that_ends_a_composition_is_not_ours(visit: Visits) -> None:
    """In Safari, which says so with the code 229 alone: neither is the option taken, nor the list closed."""
    page = visit()
    type_in(page, "zjy")
    press(page, "ArrowDown")
    page.evaluate("q.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, cancelable: true}))")
    page.wait_for_timeout(PAUSED)
    assert (page.url, is_open(page), chosen(page)) == (visit.address + "/", True, (0, [0]))


def test_newest_text_wins(visit: Visits) -> None:
    """Whether the answers to older ones come late or at the wrong time."""
    page = visit()
    held = hold(page)
    for text in ("z", "zj", "zjy"):
        box(page).press_sequentially(text[-1])
        wait_for(page, held, text)
    assert [asked(each.request.url) for each in held] == ["z", "zj", "zjy"]
    for each in (held[2], held[0], held[1]):
        offer(each)
    page.get_by_role("option").first.wait_for()
    page.wait_for_timeout(PAUSED)
    assert page.get_by_role("option").all_inner_texts() == ["词语\nzjy\n1 篇"]


def test_answer_to_a_text_that_is_gone_is_not_shown(visit: Visits) -> None:
    """If it comes in the pause after the next key, after Escape, or when the box has been left."""
    page = visit()
    held = hold(page)
    seen = []
    for key in ("a", "Escape", "Tab"):
        box(page).fill("")
        held.clear()
        box(page).press_sequentially("z")
        wait_for(page, held, "z")
        press(page, key)
        offer(held[0])
        page.wait_for_timeout(PAUSED)
        seen.append(is_open(page))
    assert seen == [False] * 3


ODD = {
    "503": {"status": 503, "body": "{}"},
    "no JSON": {"body": '{"suggestions": ['},
    "no list": {"json": {"suggestions": None}},
    "a page": {"content_type": "text/html", "body": "<!doctype html><p>502"},
}


@pytest.mark.parametrize("odd", [*ODD, "aborted"])
def test_failed_answer_closes_the_list_and_breaks_nothing(visit: Visits, odd: str) -> None:
    """The next one is shown again, and the form is sent as ever."""
    page = visit()
    type_in(page, "zj")
    page.route(SUGGEST, lambda route: route.abort() if odd == "aborted" else route.fulfill(**ODD[odd]))
    box(page).press_sequentially("y")
    page.locator("[role=listbox]").wait_for(state="hidden")
    assert (is_open(page), chosen(page)[0]) == (False, -1)
    page.unroute(SUGGEST)
    press(page, "ArrowDown")
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").count() == 7
    with page.expect_navigation():
        press(page, "Enter")
    assert query(page) == {"q": ["zjy"]}


def test_slow_answers_hinder_no_search(visit: Visits) -> None:
    """Enter before the answer sends the form."""
    page = visit()
    page.route(SUGGEST, lambda route: None)
    with page.expect_request(SUGGEST):
        box(page).press_sequentially("工会")
    with page.expect_navigation():
        press(page, "Enter")
    assert (query(page), total(page)) == ({"q": ["工会"]}, 218)


def test_who_comes_back_finds_the_list_closed(visit: Visits) -> None:
    """And what was typed, though browsers keep pages as they were left."""
    page = visit()
    type_in(page, "zjy")
    press(page, "ArrowDown")
    with page.expect_navigation():
        press(page, "Enter")
    page.go_back(wait_until="commit")
    assert (is_open(page), box(page).input_value()) == (False, "zjy")


def test_suggestions_work_below_a_path(visit_below: Visits) -> None:
    """If the archive's public address has one; nothing outside it is asked for."""
    page = visit_below()
    type_in(page, "zjy")
    press(page, "ArrowDown")
    with page.expect_navigation():
        press(page, "Enter")
    assert unquote(page.url.removeprefix(visit_below.address)) == '/?q="再就业"'
    assert total(page) == 4
