"""`python -m morava`."""

from morava.cli import main

if __name__ == "__main__":
    main()
