<aside class="danger" aria-label="[[Danger now]]">
<p><strong>[[Is someone in danger now?]]</strong> <a href="tel:{{emergency_tel}}">[[Call {emergency_number}]]</a></p>
</aside>
