"""The faces of a workspace: what it can be asked, a class and a module of its own for each."""

from crosstie.workspace.briefing import Briefings
from crosstie.workspace.browsing import Browsing
from crosstie.workspace.cases import Cases
from crosstie.workspace.catalogue import Catalogue
from crosstie.workspace.changes import Changes
from crosstie.workspace.collaborations import Collaborations
from crosstie.workspace.documents import Documents
from crosstie.workspace.doubts import Doubts
from crosstie.workspace.fetching import Fetching
from crosstie.workspace.figures import Figures
from crosstie.workspace.grading import Grading
from crosstie.workspace.mapping import Mapping
from crosstie.workspace.opened import Opened
from crosstie.workspace.picturing import Picturing
from crosstie.workspace.portraits import Portraits
from crosstie.workspace.watching import Watching


class Faces:
    """What `Workspace` shows beside its own verbs; each face works on what is opened."""

    _opened: Opened

    @property
    def fetching(self) -> Fetching:
        """What fetches lists and pages from where their publishers put them."""
        return Fetching(self._opened)

    @property
    def figures(self) -> Figures:
        """What documents tell in figures: series, disputes, agreements."""
        return Figures(self._opened)

    @property
    def briefings(self) -> Briefings:
        """Make briefings: what came in during a period, in quotes."""
        return Briefings(self._opened)

    @property
    def cases(self) -> Cases:
        """Keep screenings as cases, and what people decided on their matches."""
        return Cases(self._opened)

    @property
    def changes(self) -> Changes:
        """Compare editions of a list."""
        return Changes(self._opened)

    @property
    def grading(self) -> Grading:
        """Grade publishers, with reasons that are kept."""
        return Grading(self._opened.store, self._opened.now())

    @property
    def collaborations(self) -> Collaborations:
        """Ask with whom an institution published, and what is known of its partners."""
        return Collaborations(self._opened)

    @property
    def browsing(self) -> Browsing:
        """Look around as the pages do: offers to a search, the latest claims, documents."""
        return Browsing(self._opened)

    @property
    def doubts(self) -> Doubts:
        """Show what waits for people: uncertain merges, claims of low confidence."""
        return Doubts(self._opened)

    @property
    def portraits(self) -> Portraits:
        """Show entities, each on a page of its own."""
        return Portraits(self._opened)

    @property
    def documents(self) -> Documents:
        """Open documents where a claim's words stand."""
        return Documents(self._opened)

    @property
    def catalogue(self) -> Catalogue:
        """Say what is held: lists with their editions, documents, rows set aside."""
        return Catalogue(self._opened)

    @property
    def picturing(self) -> Picturing:
        """Draw parts of the network."""
        return Picturing(self._opened)

    @property
    def mapping(self) -> Mapping:
        """Show what a country's organisations have abroad."""
        return Mapping(self._opened)

    @property
    def watching(self) -> Watching:
        """Watch names, and tell what has changed for them."""
        return Watching(self._opened)
