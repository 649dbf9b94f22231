"""The process of one job: `python -m concerted.instance.job ID BYTES`. Its memory is limited before anything else."""

import resource
import sys
from uuid import UUID


def main(words: list[str]) -> int:
    """0: whatever came of it stands in the store."""
    job, memory = UUID(words[0]), int(words[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
    from concerted.instance.working import listen, work_on

    listen()
    work_on(job)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
