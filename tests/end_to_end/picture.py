"""Pictures as rows of RGB bytes: read from PNG, written as PNG, compared."""

import collections
import struct
import zlib

# Two pixels are alike if no channel differs by more than a tenth: other builds of the GL
# driver and of FreeType round differently. A whole picture is alike if fewer pixels differ
# than the smallest thing a person would miss, a cursor bar or a full stop.
CHANNEL_TOLERANCE = 25
PIXEL_TOLERANCE = 10


class Picture:
    """width x height pixels; data is their R, G, B from the top left."""

    def __init__(self, width, height, data):
        self.width = width
        self.height = height
        self.data = bytes(data)

    def __eq__(self, other):
        return isinstance(other, Picture) and self.size == other.size and self.data == other.data

    @property
    def size(self):
        """(width, height) in px."""
        return (self.width, self.height)

    def row(self, y):
        """The bytes of one row of pixels."""
        return self.data[y * self.width * 3:(y + 1) * self.width * 3]

    def pixel(self, x, y):
        """(red, green, blue)."""
        at = (y * self.width + x) * 3
        return tuple(self.data[at:at + 3])

    def commonest(self):
        """The (red, green, blue) of most pixels."""
        colours = zip(self.data[0::3], self.data[1::3], self.data[2::3])
        return collections.Counter(colours).most_common(1)[0][0]

    def without(self, x, y, width, height):
        """With a black rectangle, in px, over what does not count."""
        data = bytearray(self.data)
        for line in range(y, y + height):
            at = (line * self.width + x) * 3
            data[at:at + width * 3] = bytes(width * 3)
        return Picture(self.width, self.height, data)

    def part(self, x, y, width, height):
        """A rectangle of it, in px."""
        rows = (self.row(y + i)[x * 3:(x + width) * 3] for i in range(height))
        return Picture(width, height, b"".join(rows))


def rounded(picture):
    """With 52 shades a channel: well within the tolerance, and short as a file."""
    return Picture(*picture.size, picture.data.translate(bytes((i + 2) // 5 * 5
                                                               for i in range(256))))


def from_bgrx(width, height, pixels):
    """What an X server has: four bytes a pixel, blue first."""
    data = bytearray(width * height * 3)
    for channel in range(3):
        data[channel::3] = pixels[2 - channel::4]
    return Picture(width, height, data)


def write_png(path, picture):
    """With a palette if it has few colours, which makes text a third as long; unfiltered."""
    found = sorted({picture.data[i:i + 3] for i in range(0, len(picture.data), 3)})
    if len(found) <= 256:
        number = {colour: i for i, colour in enumerate(found)}
        pixels = bytes(number[picture.data[i:i + 3]] for i in range(0, len(picture.data), 3))
        palette = [(b"PLTE", b"".join(found))]
    else:
        pixels, palette = picture.data, []
    line = len(pixels) // picture.height
    rows = b"".join(b"\0" + pixels[at:at + line] for at in range(0, len(pixels), line))
    header = struct.pack(">2I5B", picture.width, picture.height, 8, 3 if palette else 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        for kind, body in [(b"IHDR", header), *palette, (b"IDAT", zlib.compress(rows, 9)),
                           (b"IEND", b"")]:
            file.write(struct.pack(">I", len(body)) + kind + body +
                       struct.pack(">I", zlib.crc32(kind + body)))


def png_chunks(content):
    """(kind, body) of each chunk."""
    at = 8
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at:at + 8])
        yield kind, content[at + 8:at + 8 + length]
        at += length + 12


def read_png(path):
    """A PNG file of 8 bits a channel, RGB, RGBA or with a palette, not interlaced."""
    with open(path, "rb") as file:
        content = file.read()
    body = b""
    for kind, part in png_chunks(content):
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">2I5B", part)
        elif kind == b"PLTE":
            palette = part
        elif kind == b"IDAT":
            body += part
    if depth != 8 or colour not in (2, 3, 6) or interlaced:
        raise ValueError(f"{path}: a kind of PNG that is not read here")
    channels = {2: 3, 3: 1, 6: 4}[colour]
    data = unfilter(zlib.decompress(body), width * channels, height, channels)
    rgb = bytearray(width * height * 3)
    for channel in range(3):
        plane = data[min(channel, channels - 1)::channels]
        if colour == 3:
            plane = plane.translate(palette[channel::3].ljust(256, b"\0"))
        rgb[channel::3] = plane
    return Picture(width, height, rgb)


def unfilter(packed, length, height, channels):
    """Undoes PNG's filters; rows of length bytes."""
    data = bytearray()
    above = bytearray(length)
    for y in range(height):
        at = y * (length + 1)
        row = bytearray(packed[at + 1:at + 1 + length])
        unfilter_row(packed[at], row, above, channels)
        data += row
        above = row
    return data


def unfilter_row(kind, row, above, channels):
    """One row in place, given the finished one above it."""
    if kind == 2:
        row[:] = bytes((a + b) & 255 for a, b in zip(row, above))
    elif kind != 0:
        for i, value in enumerate(row):
            left = row[i - channels] if i >= channels else 0
            corner = above[i - channels] if i >= channels else 0
            row[i] = (value + predict(kind, left, above[i], corner)) & 255


def predict(kind, left, up, corner):
    """PNG's filters 1, 3 and 4."""
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    guess = left + up - corner
    distance, _, value = min((abs(guess - left), 0, left), (abs(guess - up), 1, up),
                             (abs(guess - corner), 2, corner))
    del distance
    return value


def differing_pixels(one, other):
    """Where two pictures of one size are not alike: a list of (x, y)."""
    found = []
    for y in range(one.height):
        a, b = one.row(y), other.row(y)
        if a == b:
            continue
        for x in range(one.width):
            i = x * 3
            if a[i:i + 3] != b[i:i + 3] and any(
                    abs(p - q) > CHANNEL_TOLERANCE for p, q in zip(a[i:i + 3], b[i:i + 3])):
                found.append((x, y))
    return found


def alike(one, other):
    """Whether a person would take both for the same."""
    if one.size != other.size:
        return False
    return one == other or len(differing_pixels(one, other)) <= PIXEL_TOLERANCE


def difference(one, other):
    """one, darkened, with what differs in red; None if the sizes do."""
    if one.size != other.size:
        return None
    data = bytearray(value // 4 for value in one.data)
    for x, y in differing_pixels(one, other):
        at = (y * one.width + x) * 3
        data[at:at + 3] = b"\xff\x20\x20"
    return Picture(one.width, one.height, data)
