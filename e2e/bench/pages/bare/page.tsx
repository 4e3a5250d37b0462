/** The yardstick of P1: sixty rows of plain text, rendered for each request, in the portal's own layout. */
const rows = Array.from({ length: 60 }, (_, at) => ({
  role: `Role number ${at + 1}`,
  scope: `Scope number ${at + 1}`,
  rules: 'up to 8 h, with a justification',
}));

export default function BarePage() {
  return (
    <table>
      <tbody>
        {rows.map(({ role, scope, rules }) => (
          <tr key={role}>
            <td>{role}</td>
            <td>{scope}</td>
            <td>{rules}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
