using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RewardServer.Http;

/// <summary>
/// An answer in JSON that holds long outputs of programs. A text takes twice its bytes, and as JSON up to six times: so a long one is never made one,
/// but written from its bytes, piece by piece, as fast as the client reads. In the answer's value a mark of this answer alone stands for it.
/// </summary>
internal sealed class JsonInPieces
{
    // What is shorter goes with the rest. Of a long one so much is written before the client has to have read it.
    private const int Long = 64 << 10, Piece = 16 << 10, UnreadPieces = 4;

    // Nobody can guess it, and no program can print it.
    private readonly string mark = RandomNumberGenerator.GetHexString(32, lowercase: true);
    private readonly List<ReadOnlyMemory<byte>> texts = [];

    /// <summary>The text that stands for an output in the answer's value: its own, or a mark.</summary>
    /// <param name="utf8">The output; what is not UTF-8 of it becomes U+FFFD.</param>
    public string Place(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length < Long)
        {
            return Encoding.UTF8.GetString(utf8.Span);
        }

        texts.Add(utf8);
        return string.Create(CultureInfo.InvariantCulture, $"{mark}-{texts.Count - 1}");
    }

    /// <summary>The answer, of status 200.</summary>
    /// <param name="value">Its value, in which the texts were placed.</param>
    /// <param name="options">How it is written.</param>
    public IResult Answer<T>(T value, JsonSerializerOptions options) =>
        texts.Count == 0 ? TypedResults.Json(value, options) : new Written(this, JsonSerializer.SerializeToUtf8Bytes(value, options), options.Encoder ?? JavaScriptEncoder.Default);

    // The place of the next mark in a frame, with its quotation marks, and which text it stands for; null behind the last.
    private (Range Mark, int Text)? NextMark(ReadOnlySpan<byte> frame, int from)
    {
        var prefix = Encoding.ASCII.GetBytes($"\"{mark}-");
        var start = frame[from..].IndexOf(prefix);
        if (start < 0)
        {
            return null;
        }

        start += from;
        var digits = start + prefix.Length;
        var end = digits + frame[digits..].IndexOf((byte)'"');
        return (start..(end + 1), int.Parse(frame[digits..end], CultureInfo.InvariantCulture));
    }

    private sealed class Written(JsonInPieces pieces, byte[] frame, JavaScriptEncoder encoder) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            var (body, cancellation, at) = (httpContext.Response.BodyWriter, httpContext.RequestAborted, 0);
            while (pieces.NextMark(frame, at) is { } next)
            {
                body.Write(frame.AsSpan(at..next.Mark.Start.Value));
                await WriteAsync(body, pieces.texts[next.Text], cancellation);
                at = next.Mark.End.Value;
            }

            body.Write(frame.AsSpan(at));
            await body.FlushAsync(cancellation);
        }

        private async Task WriteAsync(PipeWriter body, ReadOnlyMemory<byte> text, CancellationToken cancellation)
        {
            body.Write("\""u8);
            for (var written = 0; !text.IsEmpty; written++)
            {
                text = text[WritePiece(body, text.Span)..];
                if (written % UnreadPieces == UnreadPieces - 1)
                {
                    await body.FlushAsync(cancellation);
                }
            }

            body.Write("\""u8);
        }

        private int WritePiece(PipeWriter body, ReadOnlySpan<byte> text)
        {
            // No more than may go out is looked at; a character at its end may go on in the next.
            var isRest = text.Length <= Piece;
            var status = encoder.EncodeUtf8(isRest ? text : text[..Piece], body.GetSpan(Piece), out var read, out var written, isRest);
            body.Advance(written);
            return read > 0 ? read : throw new InvalidOperationException($"a text could not be written: {status}");
        }
    }
}
