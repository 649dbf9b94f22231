"""One process of writers: `python -m benchmarks.audit_writers BEGINS SECONDS THREADS FIRST` prints events by writer."""

import json
import sys
import threading
import time
from uuid import UUID

ORGANISATIONS, PEOPLE = 5, 25


def main(begins: float, seconds: float, threads: int, first: int) -> list[int]:
    """How many events each thread added. begins: when, so that processes begin together."""
    import django

    django.setup()
    from django.db import connection

    from concerted.audit.acting import Acting, Subject
    from concerted.audit.acts import Act
    from concerted.audit.services import record
    from concerted.common import clock

    shown = [Subject("person", str(UUID(int=number))) for number in range(PEOPLE)]
    done = [0] * threads

    def write(number: int) -> None:
        organisation = UUID(int=(first + number) % ORGANISATIONS + 1)
        acting = Acting(UUID(int=first + number + 1), organisation, "investigator", "protecting", "192.0.2.1")
        time.sleep(max(0.0, begins - clock.now().timestamp()))
        while clock.now().timestamp() < begins + seconds:
            record(acting, Act.PAGE_READ, shown, page="people")
            done[number] += 1
        connection.close()

    all_of = [threading.Thread(target=write, args=(number,)) for number in range(threads)]
    for one in all_of:
        one.start()
    for one in all_of:
        one.join()
    return done


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))))
