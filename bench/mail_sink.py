"""A free mail server: takes every message at once, keeps none of it. `python -m bench.mail_sink` prints its port.

One asyncio protocol, no library: it costs a small part of what the sender does, so it is not what is measured.
At its end (SIGTERM) it prints how many messages it took.
"""

import asyncio
import signal

END = b"\r\n.\r\n"
HELLO = b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"
ANSWERS = {b"EHLO": HELLO, b"DATA": b"354 go on\r\n", b"QUIT": b"221 2.0.0 bye\r\n"}


class Sink(asyncio.Protocol):
    taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - told by asyncio, said for the type
        self.transport, self.seen, self.in_data = transport, b"", False
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.seen += data
        while self.message() if self.in_data else self.verb():
            pass

    def verb(self) -> bool:
        line, found, rest = self.seen.partition(b"\r\n")
        if not found:
            return False
        self.seen, word = rest, line[:4].upper()
        self.in_data = word == b"DATA"
        self.transport.write(ANSWERS.get(word, b"250 2.0.0 fine\r\n"))
        return True

    def message(self) -> bool:
        _body, found, rest = self.seen.partition(END)
        if not found:
            return False
        self.seen, self.in_data = rest, False
        Sink.taken += 1
        self.transport.write(b"250 2.0.0 taken\r\n")
        return True


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    print(server.sockets[0].getsockname()[1], flush=True)
    await stop.wait()
    print(Sink.taken, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
