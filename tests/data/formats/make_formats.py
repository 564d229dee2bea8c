#!/usr/bin/env python3
"""Writes the pictures of this folder and what Pillow decodes them to (expected.json).

Run with Pillow 13.0.0 and ImageMagick 6 (`convert`). Files that Pillow cannot write are put together byte by byte.
"""

import hashlib
import io
import json
import pathlib
import struct
import subprocess
import zlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent


def drawing(width: int, height: int, shift: int = 0) -> Image.Image:
    """Edges and slopes in every channel."""
    image = Image.new("RGB", (width, height))
    image.putdata([((5 * x + shift) % 256, (7 * y + x * y) % 256, (255 if (x // 5 + y // 3) % 2 else 40) - shift)
                   for y in range(height) for x in range(width)])
    return image


def save(name: str, data: bytes) -> None:
    (FOLDER / name).write_bytes(data)


def pillow(name: str, image: Image.Image, **options) -> None:
    image.save(FOLDER / name, **options)


def magick(name: str, *options: str) -> None:
    source = io.BytesIO()
    drawing(37, 21).save(source, "PNG")
    data = subprocess.run(["convert", "png:-", "-strip", *options, f"{name.rsplit('.')[-1]}:-"], check=True,
                          input=source.getvalue(), capture_output=True).stdout
    save(name, data)


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, depth: int, colour: int, rows: list[bytes], extra: bytes = b"") -> bytes:
    raw = b"".join(b"\0" + row for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)) +
            extra + png_chunk(b"IDAT", zlib.compress(raw)) + png_chunk(b"IEND", b""))


def exif(orientation: int, order: str = "<") -> bytes:
    return ((b"II*\0" if order == "<" else b"MM\0*") +
            struct.pack(order + "IHHHIHHI", 8, 1, 274, 3, 1, orientation, 0, 0))


def pngs() -> None:
    for depth in (1, 2, 4):
        rows = [bytes((17 * y + 29 * x) % 256 for x in range((19 * depth + 7) // 8)) for y in range(9)]
        save(f"grey{depth}.png", png(19, 9, depth, 0, rows))
        palette = bytes((i * 37) % 256 for i in range(3 * (2 ** depth)))
        save(f"palette{depth}.png", png(19, 9, depth, 3, rows, png_chunk(b"PLTE", palette) + png_chunk(b"tRNS", b"\0\x80")))
    rows = [bytes((y * 40 + x) % 256 for x in range(10)) for y in range(5)]
    save("grey8_transparent.png", png(10, 5, 8, 0, rows, png_chunk(b"tRNS", struct.pack(">H", 41))))
    save("palette_short.png", png(10, 5, 8, 3, rows, png_chunk(b"PLTE", bytes(range(90)))))
    for name, colour, channels in (("rgb16", 2, 3), ("grey_alpha16", 4, 2), ("rgba16", 6, 4)):
        rows = [bytes((y * 31 + x * 7) % 256 for x in range(2 * channels * 11)) for y in range(6)]
        save(f"{name}.png", png(11, 6, 16, colour, rows))
    magick("interlaced_rgb.png", "-interlace", "PNG")
    magick("interlaced_palette.png", "-interlace", "PNG", "-colors", "13", "-type", "Palette")
    magick("interlaced_onebit.png", "-interlace", "PNG", "-type", "Bilevel")
    frames = [drawing(24, 16), drawing(24, 16, 9), drawing(24, 16, 30)]
    pillow("animated.png", frames[0], save_all=True, append_images=frames[1:], duration=50)
    pillow("animated_with_cover.png", frames[0], save_all=True, default_image=True, append_images=frames[1:], duration=50)
    row = bytes(range(30))
    save("orientation6.png", png(10, 4, 8, 2, [row] * 4, png_chunk(b"eXIf", exif(6, ">"))))


def gif(screen: tuple[int, int], place: tuple[int, int], transparent: int | None = None, colours: bool = True) -> bytes:
    data = b"GIF89a" + struct.pack("<HHBBB", *screen, 0x81 if colours else 0, 1, 0)
    data += bytes([10, 20, 30, 40, 50, 60, 70, 80, 90, 1, 2, 3]) if colours else b""
    if transparent is not None:
        data += b"\x21\xf9\x04" + struct.pack("<BHB", 1, 0, transparent) + b"\0"
    data += b"," + struct.pack("<HHHHB", *place, 2, 2, 0)
    bits = sum(code << (3 * i) for i, code in enumerate([4, 1, 4, 2, 4, 3, 4, 1, 5]))
    packed = bits.to_bytes(4, "little")
    return data + b"\x02" + bytes([len(packed)]) + packed + b"\0;"


def gifs() -> None:
    save("offset.gif", gif((4, 3), (1, 1)))
    save("offset_transparent.gif", gif((4, 3), (1, 1), 2))
    save("beyond_screen.gif", gif((2, 2), (1, 1)))
    save("no_colours.gif", gif((4, 3), (1, 1), None, False))
    magick("interlaced.gif", "-interlace", "GIF", "-colors", "20")


def tiff(width: int, height: int, bits: int, photometric: int, data: bytes, samples: int = 1, *, extra: int | None = None,
         order: str = "<", palette: list[int] | None = None) -> bytes:
    """One uncompressed strip."""
    entries = [(256, 3, [width]), (257, 3, [height]), (258, 3, [bits] * samples), (259, 3, [1]), (262, 3, [photometric]),
               (273, 4, [8]), (277, 3, [samples]), (278, 3, [height]), (279, 4, [len(data)])]
    if palette is not None:
        entries.append((320, 3, palette))
    if extra is not None:
        entries.append((338, 3, [extra]))
    data += b"\0" * (len(data) % 2)
    out_of_line = b""
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, values in entries:
        packed = struct.pack(order + ("H" if kind == 3 else "I") * len(values), *values)
        if len(packed) > 4:
            packed, out_of_line = struct.pack(order + "I", 8 + len(data) + len(out_of_line)), out_of_line + packed
        directory += struct.pack(order + "HHI", tag, kind, len(values)) + packed.ljust(4, b"\0")
    start = 8 + len(data) + len(out_of_line)
    return ((b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start) + data + out_of_line + directory +
            struct.pack(order + "I", 0))


def tiffs() -> None:
    image = drawing(37, 21)
    for compression in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        pillow(f"{compression}.tif", image, compression=compression)
    pillow("group4.tif", image.convert("1"), compression="group4")
    pillow("palette.tif", image.quantize(30))
    pillow("cmyk.tif", image.convert("CMYK"))
    pillow("pages.tif", image, save_all=True, append_images=[drawing(10, 10), drawing(5, 5)])
    for orientation in range(2, 9):
        pillow(f"orientation{orientation}.tif", drawing(7, 5), tiffinfo={274: orientation})
    magick("tiles.tif", "-define", "tiff:tile-geometry=16x16", "-compress", "None")
    magick("planes.tif", "-interlace", "Plane", "-compress", "None")
    magick("strips.tif", "-define", "tiff:rows-per-strip=4", "-compress", "LZW")
    for photometric in (0, 1):
        for bits, data in ((1, b"\xa0"), (2, b"\x1b"), (4, b"\x1f\x80"), (8, b"\x00\x64\xff"),
                           (16, struct.pack("<HHH", 0, 100, 1000))):
            save(f"grey{bits}_{photometric}.tif", tiff(3, 1, bits, photometric, data))
    save("grey16_big_endian.tif", tiff(3, 1, 16, 1, struct.pack(">HHH", 0, 100, 1000), order=">"))
    save("grey_alpha.tif", tiff(2, 1, 8, 1, b"\x0a\xff\x14\x00", 2, extra=2))
    pixels = bytes([50, 60, 70, 128, 10, 10, 10, 0, 90, 200, 3, 255, 200, 200, 200, 100])
    for name, extra in (("unspecified", 0), ("multiplied", 1), ("separate", 2)):
        save(f"alpha_{name}.tif", tiff(4, 1, 8, 2, pixels, 4, extra=extra))
    save("rgb16.tif", tiff(1, 1, 16, 2, struct.pack("<HHH", 256 * 5 + 200, 256 * 7, 256 * 9), 3))
    save("cmyk16.tif", tiff(1, 1, 16, 5, struct.pack("<HHHH", 2560, 51200, 7680, 25600), 4))
    save("palette4.tif", tiff(3, 1, 4, 3, b"\x12\x30", palette=[i * 4096 + 255 for i in range(16)] * 3))


def bmp(width: int, height: int, bits: int, pixels: bytes, *, compression: int = 0, palette: bytes = b"",
        masks: bytes = b"", colours: int = 0) -> bytes:
    start = 14 + 40 + len(masks) + len(palette)
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(pixels), 0, 0, colours, 0)
    return b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start) + header + masks + palette + pixels


def padded(rows: list[bytes]) -> bytes:
    return b"".join(row + b"\0" * (-len(row) % 4) for row in rows)


def bmps() -> None:
    palette = b"".join(bytes([i * 16 % 256, i * 40 % 256, 255 - i, 0]) for i in range(16))
    for bits in (1, 4):
        rows = [bytes((y * 77 + x * 13) % 256 for x in range((11 * bits + 7) // 8)) for y in range(5)]
        save(f"palette{bits}.bmp", bmp(11, 5, bits, padded(rows), palette=palette[:4 * 2**bits]))
    rows = [bytes((y * 3 + x) % 16 for x in range(11)) for y in range(5)]
    save("palette8.bmp", bmp(11, 5, 8, padded(rows), palette=palette, colours=16))
    save("top_down.bmp", bmp(11, -5, 8, padded(rows), palette=palette, colours=16))
    words = [struct.pack("<11H", *[(y * 9973 + x * 3271) % 65536 for x in range(11)]) for y in range(5)]
    save("bits555.bmp", bmp(11, 5, 16, padded(words)))
    save("bits565.bmp", bmp(11, 5, 16, padded(words), compression=3, masks=struct.pack("<3I", 0xF800, 0x07E0, 0x001F)))
    pillow("bits24.bmp", drawing(11, 5))
    dwords = [bytes((y * 50 + x * 11) % 256 for x in range(44)) for y in range(5)]
    save("bits32.bmp", bmp(11, 5, 32, padded(dwords)))
    save("bits32_fields.bmp", bmp(11, 5, 32, padded(dwords), compression=3,
                                  masks=struct.pack("<3I", 0xFF000000, 0x00FF0000, 0x0000FF00)))
    core = struct.pack("<IHHHH", 12, 11, 5, 1, 24)
    body = padded([bytes((y * 30 + x) % 256 for x in range(33)) for y in range(5)])
    save("os2.bmp", b"BM" + struct.pack("<IHHI", 26 + len(body), 0, 0, 26) + core + body)
    runs8 = bytes([5, 3, 6, 9, 0, 0, 0, 5, 1, 2, 3, 4, 5, 0, 6, 7, 0, 0, 0, 2, 3, 1, 8, 11, 0, 0, 11, 12, 0, 0, 0, 1])
    save("runs8.bmp", bmp(11, 5, 8, runs8, compression=1, palette=palette, colours=16))
    runs4 = bytes([5, 0x3A, 6, 0x99, 0, 0, 0, 5, 0x12, 0x34, 0x50, 0, 6, 0x7B, 0, 0, 11, 0x8C, 0, 0, 11, 0x1D, 0, 0, 11, 0xEF,
                   0, 1])
    save("runs4.bmp", bmp(11, 5, 4, runs4, compression=2, palette=palette, colours=16))


def webps() -> None:
    frames = [drawing(24, 16), drawing(24, 16, 9)]
    pillow("animated.webp", frames[0], save_all=True, append_images=frames[1:], duration=50, lossless=True)
    alpha = drawing(24, 16).convert("RGBA")
    alpha.putalpha(drawing(24, 16).getchannel(1))
    pillow("lossy_alpha.webp", alpha, quality=60, exact=True)
    pillow("orientation8.webp", drawing(24, 16), lossless=True, exif=b"Exif\0\0" + exif(8))


def jpegs() -> None:
    image = drawing(83, 45)
    for subsampling in ("4:4:4", "4:2:2", "4:2:0", "4:1:1"):
        pillow(f"sampling{subsampling.replace(':', '')}.jpg", image, quality=88, subsampling=subsampling)
    pillow("restarts.jpg", image, quality=80, restart_marker_rows=1)
    pillow("rgb.jpg", image, quality=80, keep_rgb=True)
    pillow("tiny.jpg", drawing(1, 1))


def slopes() -> None:
    """Not in expected.json: HEIC and AVIF decoders may differ by a few levels. slopes.heic is slopes.avif's picture,
    written with libheif 1.15 (x265, quality 90)."""
    image = Image.new("RGB", (48, 32))
    image.putdata([(5 * x, 7 * y, 128) for y in range(32) for x in range(48)])
    turned = Image.Exif()
    turned[274] = 6
    pillow("slopes.avif", image, quality=90, subsampling="4:4:4")
    pillow("slopes_turned.avif", image, quality=90, subsampling="4:4:4", exif=turned)


def expected() -> dict:
    answers = {}
    for path in sorted(FOLDER.iterdir()):
        if path.suffix not in (".png", ".gif", ".tif", ".bmp", ".webp", ".jpg"):
            continue
        with Image.open(path) as image:
            frames = getattr(image, "n_frames", 1)
            stored = image.convert("RGB")
            answers[path.name] = {"width": stored.width, "height": stored.height, "frames": frames,
                                  "orientation": image.getexif().get(274, 1) if path.suffix != ".tif" else 1,
                                  "sha256": hashlib.sha256(stored.tobytes()).hexdigest()}
    return answers


if __name__ == "__main__":
    for write in (pngs, gifs, tiffs, bmps, webps, jpegs, slopes):
        write()
    lines = [f" {json.dumps(name)}: {json.dumps(answer)}" for name, answer in expected().items()]
    save("expected.json", ("{\n" + ",\n".join(lines) + "\n}\n").encode())
