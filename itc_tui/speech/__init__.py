"""What the program says, in the language that the person chose; it knows no screen.

The core says plain English sentences, and that is what a session keeps: state, events and the
reflection log read the same wherever they are opened, and an old session speaks every language
that is learned later. A sentence is put into the person's language where it is shown, by a
catalogue of the forms that the core's sentences have.
"""

from itc_tui.speech.language import LANGUAGES, language_of_locale, speak, spoken
from itc_tui.speech.telling import tell, told
from itc_tui.speech.template import filled

__all__ = ["LANGUAGES", "filled", "language_of_locale", "speak", "spoken", "tell", "told"]
