"""What people do in a browser: open pages, read them, fill in forms, press what is named so."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Someone:
    """A person with a browser of their own."""

    page: Page
    address: str
    account_id: int

    def opens(self, path: str) -> None:
        """Go to a page, which is there."""
        answer = self.page.goto(f"{self.address}{path}")
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def types(self, **fields: str) -> None:
        """Write into fields by their names."""
        for name, text in fields.items():
            self.page.locator(f"main [name={name}]").first.fill(text)

    def chooses(self, name: str, value: str) -> None:
        """Choose from a list, or mark one of several."""
        field = self.page.locator(f"main select[name={name}]")
        if field.count():
            field.first.select_option(value)
        else:
            self.page.locator(f"main [name={name}][value='{value}']").first.check()

    def presses(self, name: str) -> None:
        """Press a button, and wait for the page to which it leads."""
        self.arrives(self.page.get_by_role("main").get_by_role("button", name=name).first)

    def follows(self, name: str) -> None:
        """Follow a link, and wait for its page."""
        self.arrives(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def arrives(self, pressed: Locator) -> None:
        """Press something that leads to another page, and wait until that is there."""
        self.page.evaluate("window.isLeft = true")
        pressed.click()
        self.page.wait_for_function("!window.isLeft")
        self.page.wait_for_load_state()

    def card(self, name: str) -> Locator:
        """The card of somebody in a list."""
        return self.page.locator(".card", has=self.page.get_by_text(name, exact=False)).first

    @property
    def path(self) -> str:
        """Where the browser is."""
        return self.page.url.removeprefix(self.address)

    @property
    def reads(self) -> str:
        """All words of the page."""
        return " ".join(self.page.locator("main").inner_text().split())
