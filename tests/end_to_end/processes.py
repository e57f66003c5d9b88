"""Processes, as /proc tells of them."""


def fields(pid):
    """State, parent and so on, from the third field of stat on; None if there is no such."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()
    except OSError:
        return None


def parent(pid):
    """The parent's number, 0 if there is no such process."""
    found = fields(pid)
    return int(found[1]) if found else 0


def running(pid):
    """Whether it has not ended; one that nobody has waited for yet has."""
    found = fields(pid)
    return found is not None and found[0] != "Z"
