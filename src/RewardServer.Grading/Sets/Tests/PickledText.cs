using System.Buffers.Binary;

namespace RewardServer.Grading.Sets.Tests;

/// <summary>
/// Reads a pickle of one text (Python's <c>pickle.dumps("…")</c>, protocols 2 to 5). A pickle is a program for whoever loads it: here
/// the few instructions that make a text are understood, every other is refused, and nothing is ever run.
/// </summary>
public static class PickledText
{
    // pickle.py has their names and their forms.
    private const byte Proto = 0x80, Frame = 0x95, ShortBinUnicode = 0x8c, BinUnicode = (byte)'X', BinUnicode8 = 0x8d;
    private const byte Memoize = 0x94, BinPut = (byte)'q', LongBinPut = (byte)'r', Stop = (byte)'.';
    private const int FirstPiece = 1 << 16;

    /// <summary>Reads one, to the end of the stream.</summary>
    /// <param name="pickle">The pickle.</param>
    /// <param name="mostBytes">The most bytes that are read of it.</param>
    /// <returns>The text, as the UTF-8 that stands in the pickle.</returns>
    /// <exception cref="InvalidDataException">It is no pickle of one text, or a larger one.</exception>
    public static ReadOnlyMemory<byte> Read(Stream pickle, int mostBytes)
    {
        var source = new Source(pickle, mostBytes);
        if (source.Byte() != Proto || source.Byte() is < 2 or > 5)
        {
            throw new InvalidDataException("it is no pickle of the protocols 2 to 5");
        }

        ReadOnlyMemory<byte>? text = null;
        while (true)
        {
            var instruction = source.Byte();
            switch (instruction)
            {
                case ShortBinUnicode or BinUnicode or BinUnicode8 when text is null:
                    text = source.Take(source.Number(instruction == ShortBinUnicode ? 1 : instruction == BinUnicode ? 4 : 8));
                    break;
                case Frame:
                    source.Number(8);
                    break;
                case Memoize or BinPut or LongBinPut when text is not null:
                    // Where it would be remembered: nothing asks for it again.
                    source.Number(instruction == Memoize ? 0 : instruction == BinPut ? 1 : 4);
                    break;
                case Stop when text is { } whole:
                    source.End();
                    return whole;
                default:
                    throw new InvalidDataException($"it has the instruction 0x{instruction:x2} of pickle: one text alone is read, and nothing is run");
            }
        }
    }

    private sealed class Source(Stream stream, long most)
    {
        private long taken;

        public byte Byte()
        {
            Span<byte> one = stackalloc byte[1];
            Fill(one);
            return one[0];
        }

        /// <summary>An unsigned number of so many bytes, the lowest first; 0 of none.</summary>
        public ulong Number(int bytes)
        {
            Span<byte> number = stackalloc byte[8];
            number.Clear();
            Fill(number[..bytes]);
            return BinaryPrimitives.ReadUInt64LittleEndian(number);
        }

        // What is announced need not come: room is made as it comes.
        public byte[] Take(ulong length)
        {
            if (length > (ulong)(most - taken))
            {
                throw TooLarge();
            }

            var piece = new byte[Math.Min((int)length, FirstPiece)];
            Fill(piece);
            while (piece.Length < (int)length)
            {
                var had = piece.Length;
                Array.Resize(ref piece, (int)Math.Min(2L * had, (long)length));
                Fill(piece.AsSpan(had));
            }

            return piece;
        }

        public void End()
        {
            if (stream.ReadByte() >= 0)
            {
                throw new InvalidDataException("something follows the pickle");
            }
        }

        private void Fill(Span<byte> bytes)
        {
            taken += bytes.Length;
            if (taken > most)
            {
                throw TooLarge();
            }

            if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw new InvalidDataException("the pickle ends early");
            }
        }

        private InvalidDataException TooLarge() => new($"it is larger than {most} bytes, unpacked");
    }
}
