{{<staff/head}}
<h1>Staff</h1>
<p class="buttons"><a class="button" href="/staff/invite">Invite a colleague</a></p>
<ul class="rows">
{{#PEOPLE}}<li><p class="first"><a href="/staff/{{staff_id}}">{{person}}</a>{{#ENDED}} <strong class="tag">Access ended</strong>{{/ENDED}}</p>
<p class="about">{{email}} · {{roles}}</p></li>
{{/PEOPLE}}</ul>
<nav class="pages" aria-label="Pages of the list">{{#PREVIOUS_PAGE}}<a href="/staff?page={{number}}">Previous</a>{{/PREVIOUS_PAGE}} {{#NEXT_PAGE}}<a href="/staff?page={{number}}">Next</a>{{/NEXT_PAGE}}</nav>
{{<staff/foot}}
