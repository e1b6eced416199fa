"""`python -m crosstie` is the command line."""

from crosstie.app.cli import main

if __name__ == "__main__":
    main()
