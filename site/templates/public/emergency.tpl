<aside class="danger" aria-label="[[Danger now]]">
<p><strong>[[Is someone in danger now?]]</strong> <a href="tel:{{EMERGENCY_TEL}}">[[Call {emergency_number}]]</a></p>
</aside>
