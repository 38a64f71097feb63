using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <content>Degrees, of angles and of heat.</content>
internal sealed partial class Parser
{
    // Degrees of an angle, or with a letter or word of the scale after them, of heat.
    private Quantity Degrees(Expression value)
    {
        var scale = _cursor.Current.Kind is TokenKind.Letters or TokenKind.Text && EndsElement(_cursor.Peek(1)) ? _cursor.Current.Text.Trim() : string.Empty;
        if (scale is not ("C" or "F" or "Celsius" or "Fahrenheit" or "celsius" or "fahrenheit"))
        {
            return new Quantity(value, Unit.Degree);
        }

        _cursor.Next();
        return new Quantity(value, scale[0] is 'C' or 'c' ? Unit.Celsius : Unit.Fahrenheit);
    }
}
